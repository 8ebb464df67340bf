import { type EventCount, readEventCount, startEventCount } from '@log-archiver/aws-clients/event-queries';
import { allow, type Statement } from '../policies';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import { isDenial, type TrialAccount } from '../trial-account';

const POLL_INTERVAL_MS = 2_000;

/** Counts the events of a log group of class Infrequent Access, with the query of the function RecordArchive. */
export const query: AutomatedTrial = {
  number: 8,
  title: 'The query',
  prepare: async (account) => async () => {
    const { infrequentAccessLogGroup } = account.arns;
    const start = allow('logs:StartQuery', infrequentAccessLogGroup, `${infrequentAccessLogGroup}:*`);
    const onLogGroup = await tryQuery(
      account,
      start,
      allow('logs:GetQueryResults', infrequentAccessLogGroup, `${infrequentAccessLogGroup}:*`),
    );
    if (onLogGroup.step === 'START') {
      const { error, message } = onLogGroup;
      const note = `StartQuery failed with ${error}: ${message}`;
      return /^AccessDenied/.test(error)
        ? inconclusive(note, { onLogGroup })
        : { answer: 'QUERY_REFUSED', holds: false, note, evidence: { onLogGroup } };
    }
    if (onLogGroup.step === 'COMPLETE') {
      return judge(onLogGroup, 'LOG_GROUP', true, { onLogGroup });
    }
    const onAll = await tryQuery(account, start, allow('logs:GetQueryResults', '*'));
    return judge(onAll, 'ALL_RESOURCES', false, { onLogGroup, onAll });
  },
};

type QueryOutcome =
  | { readonly step: 'START' | 'READ'; readonly error: string; readonly message: string }
  | { readonly step: 'COMPLETE'; readonly count: EventCount };

function judge(outcome: QueryOutcome, answer: string, holds: boolean, evidence: unknown): TrialAnswer {
  return outcome.step === 'COMPLETE' && outcome.count.status === 'Complete'
    ? { answer, holds, note: `GetQueryResults is checked against ${holds ? 'the log group' : '*'}`, evidence }
    : inconclusive('the query did not complete', evidence);
}

async function tryQuery(account: TrialAccount, ...statements: Statement[]): Promise<QueryOutcome> {
  const session = await account.assumeRole(...statements);
  const range = { from: account.startedAt, to: account.now() };
  let queryId: string;
  try {
    queryId = await startEventCount(session, { logGroupName: account.names.infrequentAccessLogGroup, ...range });
  } catch (error) {
    return { step: 'START', ...describe(error) };
  }
  for (;;) {
    try {
      const count = await readEventCount(session, queryId);
      if (count.status !== 'Running' && count.status !== 'Scheduled') {
        return { step: 'COMPLETE', count };
      }
    } catch (error) {
      if (!isDenial(error)) {
        throw error;
      }
      return { step: 'READ', ...describe(error) };
    }
    await account.wait(POLL_INTERVAL_MS);
  }
}

function describe(error: unknown): { error: string; message: string } {
  const { name, message } = error as Error;
  return { error: name, message };
}
