import { exportUntil, NO_EVENTS, putEvents } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';

const SECOND_MS = 1_000;

/** Puts an event one millisecond before an instant, one at it, and one after it, and exports up to that instant. */
export const lastMillisecond: AutomatedTrial = {
  number: 1,
  title: 'The last millisecond',
  prepare: async (account) => {
    const to = Math.ceil(account.now() / SECOND_MS) * SECOND_MS;
    await putEvents(account, 'trial-1/events', [
      { timestamp: to - 1, message: 'before' },
      { timestamp: to, message: 'at the end' },
      { timestamp: to + 1, message: 'after' },
    ]);
    return async () => {
      const range = { number: 1, from: to - 60 * SECOND_MS, to, logStreamNamePrefix: 'trial-1/' };
      const objects = await exportUntil(account, range, ([first]) => first !== undefined);
      return judge(objects.flatMap(({ messages }) => messages).sort());
    };
  },
};

function judge(messages: readonly string[]): TrialAnswer {
  const evidence = { exportedEvents: messages };
  if (!messages.includes('before')) {
    return inconclusive(NO_EVENTS, evidence);
  }
  if (messages.includes('after')) {
    return { answer: 'LATER', holds: false, note: 'an event after the end of the range was exported', evidence };
  }
  return messages.includes('at the end')
    ? { answer: 'INCLUSIVE', holds: true, note: 'an event at the end of the range is exported', evidence }
    : { answer: 'EXCLUSIVE', holds: true, note: 'an event at the end of the range is not exported', evidence };
}
