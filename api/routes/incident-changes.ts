import type { z } from 'zod';
import type { ErrorCode } from '../../app/errors.js';
import { changeIncident } from '../../app/incidents/change-incident.js';
import type { IncidentChangeName, IncidentForms } from '../../app/incidents/incident-change.js';
import {
  acknowledgeFormSchema,
  decideFormSchema,
  handOverFormSchema,
  resolveFormSchema,
  severityFormSchema,
  stepReasonFormSchema,
  teamChangeFormSchema,
} from '../../contracts/incident-forms.js';
import { ROLES } from '../../domain/roles/shape.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders, incidentParams } from './params.js';
import type { Routes } from './plugin.js';
import { changeAnswers, sendAnswer } from './send-answer.js';

interface ChangeRoute {
  operationId: string;
  summary: string;
  description: string;
  body: z.ZodType;
  refusals?: readonly ErrorCode[];
}

/** What people do to one incident, by the last part of the address. */
const CHANGES: Record<IncidentChangeName, ChangeRoute> = {
  acknowledge: {
    operationId: 'acknowledgeIncident',
    summary: '受理突发情况 · Acknowledge an incident',
    description:
      '负责人受理；`undo` 撤回，时限重新计算（P03.3）。\n\nThe owner has it; `undo` takes it back, and the deadline runs again.',
    body: acknowledgeFormSchema,
  },
  decide: {
    operationId: 'decideStep',
    summary: '作出决定 · Choose an option of an open decision',
    description:
      '与完成该决定的任务相同。\n\nThe same as finishing the decision’s task; by its role, the owner or a manager.',
    body: decideFormSchema,
    refusals: ['task-not-open'],
  },
  severity: {
    operationId: 'setSeverity',
    summary: '调整级别 · Overrule the level',
    description:
      '须说明理由（P11.1）；升级增加相应步骤，降级不撤回已承诺的事项。\n\nWith a reason. A rise adds the higher level’s steps, a fall withdraws nothing that was promised.',
    body: severityFormSchema,
  },
  team: {
    operationId: 'setTeam',
    summary: '确定应急小组 · Confirm or change the response team',
    description:
      '未列出的角色保持不变（P12.2）；新成员即时收到通知。\n\nA role left out stays as it is; who is new is told at once.',
    body: teamChangeFormSchema,
  },
  'hand-over': {
    operationId: 'handOverIncident',
    summary: '移交负责人 · Hand an incident over',
    description: '须附说明（P03.3），双方均收到通知。\n\nWith a note; both are told.',
    body: handOverFormSchema,
  },
  retry: {
    operationId: 'retryStep',
    summary: '重新执行失败的步骤 · Try a failed step again',
    description: '须说明理由。\n\nWith a reason.',
    body: stepReasonFormSchema,
  },
  skip: {
    operationId: 'skipStep',
    summary: '跳过步骤 · Pass a step over',
    description: '须说明理由，留有记录。\n\nWith a reason, which stays on the record.',
    body: stepReasonFormSchema,
  },
  resolve: {
    operationId: 'resolveIncident',
    summary: '确认已恢复正常 · Back to normal already',
    description:
      '结案前尚未完成的步骤一律跳过，随后报告并总结（P03.7）。\n\nWhat is not over before the closing steps is passed over; report and review follow.',
    body: resolveFormSchema,
  },
};

/** Changes of one incident; every one is a command to its process (design §3.2). */
export const incidentChangeRoutes: Routes = async (app, { ctx }) => {
  for (const [name, { body, refusals = [], ...described }] of Object.entries(CHANGES)) {
    const change = name as IncidentChangeName;
    app.post(
      `/v1/incidents/:number/${change}`,
      {
        // Which of our people may do it, the use case says by the incident; an API client never.
        config: { access: ROLES },
        schema: {
          tags: ['incidents'],
          ...described,
          params: incidentParams,
          headers: idempotencyHeaders,
          body,
          response: changeAnswers(['incident-ended', 'wrong-phase', 'not-started', ...refusals]),
        },
      },
      async (request, reply) => {
        const answer = await changeIncident(ctx, change, {
          principal: principalOf(request),
          number: request.params.number,
          // Checked by the schema of this very change.
          form: request.body as IncidentForms[IncidentChangeName],
          idempotencyKey: request.headers['idempotency-key'],
        });
        return sendAnswer(reply, answer);
      },
    );
  }
};
