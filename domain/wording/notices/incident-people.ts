import { needed } from '../facts.js';
import { incidentBlocks, incidentName, responseTeamBlocks } from '../incident-blocks.js';
import { say } from '../locale.js';
import type { Wording } from './wording.js';

/** P12.2, P02.1: somebody has a place in the response team now, and which. */
export const incidentTeam: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const keys: unknown[] = Array.isArray(f.given.roles) ? f.given.roles : [];
    const roles = incident.playbook.team
      .filter(({ key }) => keys.includes(key))
      .map(({ name }) => say(name, locale));
    const asked = roles.join(t('、', ', '));
    return {
      subject: t(
        `您加入应急小组${asked && `（${asked}）`}：${incidentName(incident, locale)}`,
        `You are in the response team${asked && ` (${asked})`}: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            '您已被指定为本次突发情况应急小组成员。请立即到位；分派给您的事项另行通知。',
            'You were named for the response team of this incident. Please take your place now; you are told separately what to do.',
          ),
        },
        { facts: [[t('您的职责', 'Your role'), asked]] },
        ...incidentBlocks(f, incident, locale),
        ...responseTeamBlocks(incident, locale),
      ],
    };
  },
};

/** P03.3: somebody else has it from now on, with the note of whoever handed it over. */
export const incidentHandedOver: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const note = typeof f.given.note === 'string' && f.given.note !== '' ? f.given.note : null;
    const owner = incident.owner?.name ?? null;
    return {
      subject: t(
        `负责人变更：${incidentName(incident, locale)}`,
        `New owner: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            '本次突发情况的负责人已变更。原负责人名下的待办事项一并移交。',
            'This incident has a new owner, who takes over what was asked of the former one as owner.',
          ),
        },
        {
          facts: [
            [t('现负责人', 'Owner now'), owner],
            [t('移交说明', 'Note'), note],
          ],
        },
        ...incidentBlocks(f, incident, locale),
      ],
    };
  },
};
