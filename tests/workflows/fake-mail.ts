import type { Channel, Delivery, OutgoingMessage } from '../../activities/adapters/channel.js';

export type FakeMail = ReturnType<typeof createFakeMail>;

/**
 * A mail adapter that keeps what it is given. `state.outcome` is what becomes of every mail from now on: `deferred` is a
 * mail server that is away, `refused` one that says no for good.
 */
export function createFakeMail() {
  const sent: OutgoingMessage[] = [];
  const state: { outcome: Delivery['outcome'] } = { outcome: 'accepted' };
  const channel: Channel = {
    addressOf: ({ email }) => email,
    async send(message) {
      const { outcome } = state;
      if (outcome === 'accepted') sent.push(message);
      const why = outcome === 'accepted' ? null : 'the test says so';
      return message.to.map((address) => ({ address, outcome, why, reference: `<${message.id}@test>` }));
    },
    close: () => undefined,
  };
  return { sent, state, channel };
}
