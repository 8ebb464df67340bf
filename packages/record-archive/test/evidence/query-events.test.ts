import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import type { EventSearchPosition } from '../../src/evidence/find-event';
import { queryEvents } from '../../src/evidence/query-events';
import { InvocationBudget } from '../../src/invocation-budget';
import { createClients, FROM, OCTOBER_REQUEST, startOctoberAws, TO } from '../october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

function query(token: string | null = null): Promise<EventSearchPosition> {
  const clients = createClients(aws);
  return queryEvents(clients, OCTOBER_REQUEST.item, token, new InvocationBudget(clients.now));
}

/** Makes StartQuery return an id, and GetQueryResults these statuses, each with these rows. */
function respond(statuses: string[], rows: string[] = []) {
  aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));
  const results = rows.map((value) => [{ field: 'events', value }]);
  aws.faults.injectNext('GetQueryResults', ...statuses.map((status) => answers(200, { status, results })));
}

it('counts the events of the exported range', async () => {
  respond(['Complete']);
  await query();

  expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
    [
      'StartQuery',
      {
        logGroupName: '/app/web',
        startTime: FROM / 1_000,
        endTime: (TO + 1) / 1_000,
        queryString: `filter toMillis(@timestamp) >= ${FROM} and toMillis(@timestamp) <= ${TO} | stats count(*) as events`,
      },
    ],
    ['GetQueryResults', { queryId: 'query-1' }],
  ]);
});

it.each<[string, string[], boolean]>([
  ['no event when there is no row', [], false],
  ['no event when the count is 0', ['0'], false],
  ['an event when the count is 1', ['1'], true],
  ['an event when the count is 12345', ['12345'], true],
])('finds %s', async (_, rows, hasEvent) => {
  respond(['Complete'], rows);

  expect(await query()).toEqual({ token: 'query-1', hasEvent });
});

it('polls every second while the query runs', async () => {
  const start = aws.clock.now();
  respond(['Scheduled', 'Running', 'Unknown', 'Complete']);

  expect(await query()).toEqual({ token: 'query-1', hasEvent: false });
  expect(aws.requestHandler.calls.map(({ at }) => Date.parse(at) - start)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
});

it('stops after 5 minutes, and continues with the same query', async () => {
  respond(Array.from({ length: 300 }, () => 'Running'));
  expect(await query()).toEqual({ token: 'query-1', hasEvent: null });
  expect(aws.requestHandler.calls).toHaveLength(301);

  respond(['Complete'], ['1']);
  expect(await query('query-1')).toEqual({ token: 'query-1', hasEvent: true });
  expect(aws.requestHandler.calls.slice(301).map(({ operation }) => operation)).toEqual(['GetQueryResults']);
});

it.each(['Failed', 'Cancelled', 'Timeout'])('throws EvidenceRefused when the query ends with %s', async (status) => {
  respond([status]);

  await expect(query('query-1')).rejects.toMatchObject({
    name: 'EvidenceRefused',
    message: `query query-1 of log group /app/web ended with status ${status}`,
  });
});

it.each([
  ['StartQuery', null],
  ['GetQueryResults', 'query-1'],
])('throws EvidenceRefused when AWS refuses %s', async (operation, token) => {
  aws.faults.injectNext(operation, refuses('AccessDeniedException', 'No.'));

  await expect(query(token)).rejects.toMatchObject({
    name: 'EvidenceRefused',
    message: 'CloudWatch Logs refused to search log group /app/web: AccessDeniedException: No.',
  });
});
