/** What one step of the bare workflow does beside inserting its row. */
export interface BareStep {
  /** Ordinary activities it starts; each sends one mail. */
  mails: number;
  /** Whether its timer is armed anew. */
  rearms: boolean;
  /** What the step's message carries; absent for the first step, which nobody asks for. */
  message?: unknown;
}

/** The bare workflow's input: the first step, then one for each message it will get. */
export interface BareInput {
  steps: Pick<BareStep, 'mails' | 'rearms'>[];
}

export const bareTaskQueue = 'bench-bare';
export const bareUpdate = 'step';
