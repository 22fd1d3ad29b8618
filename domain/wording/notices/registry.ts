import { alternativeOffered } from './alternative.js';
import { chaseDone, chaseGivenUp, chaseOpened } from './chase.js';
import { orderConfirmed } from './confirmation.js';
import { deadlineBreached, deadlineEscalated, deadlineWarning } from './deadlines.js';
import { deliveryDisputed, deliveryQuestion, orderShipped } from './delivery.js';
import { orderDeclined, orderRejected } from './ending.js';
import { expediteRequest } from './expedite.js';
import { holdReleased, incidentLinked, orderHeld } from './holds.js';
import {
  incidentActivated,
  incidentDefault,
  incidentEnded,
  incidentReport,
  incidentReported,
  incidentResolved,
  incidentSeverity,
} from './incident.js';
import { incidentHandedOver, incidentTeam } from './incident-people.js';
import { incidentTask } from './incident-task.js';
import { incidentUpdate } from './incident-update.js';
import { customerQuestion, orderReceived } from './intake.js';
import { faultOver, muteOver } from './monitors.js';
import { noticeUndelivered, watchmanAlarm } from './operations.js';
import { playbookNotice } from './playbook-notice.js';
import { taskOpened } from './task-opened.js';
import {
  deliveryBeforeConfirmation,
  departmentsTold,
  earlyWarning,
  orderReclassified,
  productionPlanIssued,
  signOffRejected,
} from './team.js';
import type { Wording } from './wording.js';

/** Every notice by its template: a new one is its wording and a line here. */
export const WORDINGS = {
  orderReceived,
  departmentsTold,
  deliveryBeforeConfirmation,
  taskOpened,
  customerQuestion,
  alternativeOffered,
  signOffRejected,
  orderConfirmed,
  productionPlanIssued,
  earlyWarning,
  orderShipped,
  deliveryQuestion,
  deliveryDisputed,
  orderRejected,
  orderDeclined,
  orderReclassified,
  orderHeld,
  holdReleased,
  incidentLinked,
  deadlineWarning,
  deadlineBreached,
  deadlineEscalated,
  noticeUndelivered,
  watchmanAlarm,
  incidentReported,
  incidentActivated,
  incidentEnded,
  incidentTask,
  incidentSeverity,
  incidentResolved,
  incidentReport,
  incidentDefault,
  incidentUpdate,
  incidentTeam,
  incidentHandedOver,
  playbookNotice,
  expediteRequest,
  chaseOpened,
  chaseDone,
  chaseGivenUp,
  faultOver,
  muteOver,
} as const satisfies Record<string, Wording>;

export type TemplateName = keyof typeof WORDINGS;
