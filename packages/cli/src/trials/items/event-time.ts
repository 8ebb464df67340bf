import { exportUntil, NO_EVENTS, putEvents } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';

const MINUTE_MS = 60_000;

/** Ingests an event of an hour ago and one of now, and exports a range that has only the second, and both ingestions. */
export const eventTime: AutomatedTrial = {
  number: 2,
  title: 'Event time',
  prepare: async (account) => {
    const now = account.now();
    await putEvents(account, 'trial-2/events', [
      { timestamp: now - 60 * MINUTE_MS, message: 'an hour old' },
      { timestamp: now, message: 'new' },
    ]);
    return async () => {
      const [from, to] = [now - 30 * MINUTE_MS, now + 5 * MINUTE_MS];
      const range = { number: 2, from, to, logStreamNamePrefix: 'trial-2/' };
      const objects = await exportUntil(account, range, ([first]) => first !== undefined);
      return judge(objects.flatMap(({ messages }) => messages).sort());
    };
  },
};

function judge(messages: readonly string[]): TrialAnswer {
  const evidence = { exportedEvents: messages };
  if (!messages.includes('new')) {
    return inconclusive(NO_EVENTS, evidence);
  }
  return messages.includes('an hour old')
    ? { answer: 'INGESTION_TIME', holds: false, note: 'an event outside the range was exported', evidence }
    : { answer: 'EVENT_TIME', holds: true, note: 'only the event in the range was exported', evidence };
}
