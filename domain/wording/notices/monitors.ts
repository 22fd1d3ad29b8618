import { needed } from '../facts.js';
import { incidentBlocks, incidentName } from '../incident-blocks.js';
import { momentWords, spanWords } from '../moments.js';
import type { Wording } from './wording.js';

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What reported a fault does not see it any more; whether all is well again is for the owner to say. */
export const faultOver: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const overAt = textOf(f.given.overAt) ?? f.at;
    return {
      subject: t(
        `监控恢复正常：${incidentName(incident, locale)}`,
        `No longer seen: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            `报告此情况的监控自 ${momentWords(overAt, f.zone, locale)} 起已恢复正常。系统不会自行结案：请核实后标记解决，或继续按预案办理。`,
            `What reported it has not seen it since ${momentWords(overAt, f.zone, locale)}. It is not closed by itself: please check, and resolve it, or go on with the playbook.`,
          ),
        },
        ...incidentBlocks(f, incident, locale),
      ],
    };
  },
};

/** P12.4: a mute or a maintenance window is over; its owner hears how much it kept quiet. */
export const muteOver: Wording = {
  staff: (f, t, locale) => {
    const { kind, quieted, reason, of } = f.given;
    const [from, until] = [needed(textOf(f.given.from), 'from'), needed(textOf(f.given.until), 'until')];
    const isMaintenance = kind === 'maintenance';
    const count = needed(typeof quieted === 'number' ? quieted : undefined, 'quieted');
    const names = Array.isArray(of) ? of.filter((one) => typeof one === 'string').join(' · ') : '';
    return {
      subject: isMaintenance
        ? t(
            `维护时段已结束：期间有 ${count} 项异常未上报`,
            `Maintenance is over: ${count} findings were kept quiet`,
          )
        : t(`静默已结束：期间有 ${count} 项异常未上报`, `A mute is over: ${count} findings were kept quiet`),
      blocks: [
        {
          p: t(
            '由您负责的时段已结束，监控恢复上报。期间的异常如仍存在，将在下一次检查时上报。',
            'The time that you answer for is over, and what monitors find is reported again. What was found meanwhile and is still there is reported by the next look.',
          ),
        },
        {
          facts: [
            [t('对象', 'Of'), names],
            [t('原因', 'Because'), textOf(reason)],
            [t('开始', 'From'), momentWords(from, f.zone, locale)],
            [t('结束', 'Until'), momentWords(until, f.zone, locale)],
            [t('时长', 'For'), spanWords(from, until, locale)],
          ],
        },
      ],
    };
  },
};
