import { answers, type LocalAws } from '@log-archiver/local-aws';
import { type EvidenceSearch, findEvidence } from '../../src/evidence/find-evidence';
import { ExportedFolders } from '../../src/exported-folders';
import { InvocationBudget } from '../../src/invocation-budget';
import {
  createClients,
  FROM,
  INFREQUENT_ACCESS,
  OCTOBER_REQUEST,
  octoberRequest,
  START,
  startOctoberAws,
} from '../october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

function find(objects: number, request = OCTOBER_REQUEST): Promise<EvidenceSearch> {
  const clients = createClients(aws);
  const folders = new ExportedFolders(clients.s3, request.task);
  const progress = { ...START, objects, isCounted: true };
  return findEvidence(clients, request, folders, progress, new InvocationBudget(() => 0));
}

it('returns OBJECTS when no log stream is missing', async () => {
  expect(await find(1)).toEqual({ evidence: 'OBJECTS', search: null });
});

it('returns NO_EVENTS when there are no objects and no events', async () => {
  expect(await find(0)).toEqual({ evidence: 'NO_EVENTS', search: null });
});

it.each([
  [['a'], 'log stream a of log group /app/web, although it has an event in 2026-10'],
  [['a', 'b'], 'at least 2 log streams of log group /app/web, although they have events in 2026-10: a, b'],
  [['a', 'b', 'c'], 'at least 3 log streams of log group /app/web, although they have events in 2026-10: a, b, c'],
  [
    ['a', 'b', 'c', 'd'],
    'at least 4 log streams of log group /app/web, although they have events in 2026-10: a, b, c, …',
  ],
])('throws ArchivePartial when the log streams %p are missing', async (names, text) => {
  const logStreams = names.map((logStreamName) => ({
    logStreamName,
    lastEventTimestamp: FROM,
    lastIngestionTime: FROM,
  }));
  aws.faults.injectNext('DescribeLogStreams', answers(200, { logStreams }));

  await expect(find(1, octoberRequest(INFREQUENT_ACCESS))).rejects.toMatchObject({
    name: 'ArchivePartial',
    message: `export task task-1 wrote no object for ${text}`,
  });
});

it.each<[string, Parameters<typeof octoberRequest>[0], string, object]>([
  ['FilterLogEvents', {}, 'FilterLogEvents', { events: [{ timestamp: FROM }] }],
  [
    'a query',
    INFREQUENT_ACCESS,
    'GetQueryResults',
    { status: 'Complete', results: [[{ field: 'events', value: '3' }]] },
  ],
])('throws ArchiveEmpty when %s finds an event', async (_, item, operation, response) => {
  aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));
  aws.faults.injectNext(operation, answers(200, response));

  await expect(find(0, octoberRequest(item))).rejects.toMatchObject({
    name: 'ArchiveEmpty',
    message: 'export task task-1 wrote no object, although log group /app/web has an event in 2026-10',
  });
});
