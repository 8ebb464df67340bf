import type { LogStream } from '@log-archiver/aws-clients/log-streams';
import { listOperations } from '@log-archiver/aws-clients/testing';
import { DAY_MS, HOUR_MS, type RecordArchiveRequest } from '@log-archiver/core';
import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { findMissingStreams, type StreamCheckPosition } from '../../src/evidence/find-missing-streams';
import { ExportedFolders } from '../../src/exported-folders';
import { InvocationBudget } from '../../src/invocation-budget';
import {
  createClients,
  FOLDER,
  FROM,
  INFREQUENT_ACCESS,
  OCTOBER_REQUEST,
  octoberRequest,
  startOctoberAws,
  TO,
} from '../october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

function check(
  request: RecordArchiveRequest = OCTOBER_REQUEST,
  token: string | null = null,
  now: () => number = () => 0,
): Promise<StreamCheckPosition> {
  const clients = createClients(aws);
  const folders = new ExportedFolders(clients.s3, request.task);
  return findMissingStreams(clients, request, folders, token, new InvocationBudget(now));
}

const INGESTED_UNTIL = OCTOBER_REQUEST.task.createdAt - 12 * HOUR_MS;
const IN_OCTOBER = FROM + 10 * DAY_MS;

/** Returns a log stream with events between two instants, the last of which was ingested at once. */
function stream(logStreamName: string, first?: number, last = first): LogStream {
  return { logStreamName, firstEventTimestamp: first, lastEventTimestamp: last, lastIngestionTime: last };
}

/** Makes DescribeLogStreams return these pages. */
function listPages(...pages: LogStream[][]) {
  const responses = pages.map((logStreams, index) =>
    answers(200, { logStreams, ...(index < pages.length - 1 ? { nextToken: `page-${index + 2}` } : {}) }),
  );
  aws.faults.injectNext('DescribeLogStreams', ...responses);
}

/** Makes FilterLogEvents return pages with an event of this time and ingestion. */
function readEvents(...pages: [timestamp: number, ingestionTime: number][]) {
  const responses = pages.map(([timestamp, ingestionTime], index) =>
    answers(200, {
      events: [{ timestamp, ingestionTime, message: 'GET /' }],
      ...(index < pages.length - 1 ? { nextToken: `page-${index + 2}` } : {}),
    }),
  );
  aws.faults.injectNext('FilterLogEvents', ...responses);
}

const found = (...missing: string[]) => ({ token: null, isEnd: true, missing });

it('finds nothing with one call when each log stream has a folder', async () => {
  aws.buckets.putObject('archive', `${FOLDER}2026-10-11-a/000000.gz`, 'four');
  listPages([stream('2026/10/11/a', IN_OCTOBER), stream('older', FROM - DAY_MS)]);

  expect(await check()).toEqual(found());
  expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['DescribeLogStreams', { logGroupName: '/app/web', orderBy: 'LastEventTime', descending: true }],
    ['ListObjectsV2', expect.anything()],
  ]);
});

it('finds the log streams of a page without a folder', async () => {
  aws.buckets.putObject('archive', `${FOLDER}b/000000.gz`, 'four');
  listPages([stream('a', TO), stream('b', IN_OCTOBER), stream('c', FROM)]);
  readEvents([TO, TO]);
  readEvents([FROM, FROM]);

  expect(await check()).toEqual(found('a', 'c'));
});

it('reads the events of a log stream that an export of the local AWS left out', async () => {
  const timestamp = FROM + 20 * DAY_MS;
  aws.logs.logEvents.put({
    logGroupName: '/app/web',
    logStreamName: 'stream',
    logEvents: [{ timestamp, message: 'GET /' }],
  });
  // The events are put when the test starts.
  const createdAt = aws.clock.now() + 12 * HOUR_MS;

  expect(await check(octoberRequest({}, { createdAt }))).toEqual(found('stream'));
  expect(await check(octoberRequest({}, { createdAt: createdAt - 1 }))).toEqual(found());
  expect(aws.requestHandler.calls.find(({ operation }) => operation === 'FilterLogEvents')?.input).toEqual({
    logGroupName: '/app/web',
    logStreamNames: ['stream'],
    startTime: FROM,
    endTime: TO + 1,
  });
});

describe('with log streams that share a folder', () => {
  const putObjects = (count: number) => {
    for (let number = 0; number < count; number += 1) {
      aws.buckets.putObject('archive', `${FOLDER}web-1/00000${number}.gz`, 'four');
    }
  };
  const sharing = [stream('web/1', TO), stream('web-1', FROM)];

  it('finds the second one when both have events, and there is one object', async () => {
    putObjects(1);
    listPages(sharing);
    readEvents([TO, TO - 14 * DAY_MS]);
    readEvents([FROM, FROM]);

    expect(await check()).toEqual(found('web-1'));
  });

  it('finds the one on a later page', async () => {
    putObjects(1);
    listPages([stream('web/1', TO)], [stream('web-1', FROM)]);
    readEvents([TO, TO - 14 * DAY_MS]);
    readEvents([FROM, FROM]);

    expect(await check()).toMatchObject({ missing: ['web-1'] });
  });

  it('finds nothing, and reads no event, when there is an object for each', async () => {
    putObjects(2);
    listPages(sharing);

    expect(await check()).toEqual(found());
    expect(listOperations(aws)).not.toContain('FilterLogEvents');
  });

  it('finds nothing when only one of them has an event that the task must contain', async () => {
    putObjects(1);
    listPages(sharing);
    readEvents([TO, INGESTED_UNTIL + 1]);
    readEvents([FROM, FROM]);

    expect(await check()).toEqual(found());
  });

  it('finds the second one by times if the log class cannot be read', async () => {
    putObjects(1);
    listPages([stream('web/1', IN_OCTOBER), stream('web-1', FROM)]);

    expect(await check(octoberRequest(INFREQUENT_ACCESS))).toEqual(found('web-1'));
  });
});

describe('with a log stream without a folder', () => {
  it.each<[string, LogStream]>([
    ['it has no events', stream('a')],
    ['it ended before the range', stream('a', FROM - DAY_MS, FROM - 1)],
    ['it began after the range', stream('a', TO + 1)],
    ['its name has a character whose folder is not known', stream('ä', IN_OCTOBER)],
    ['its name has a control character', stream('a\u0007', IN_OCTOBER)],
  ])('finds nothing and reads no events when %s', async (_, logStream) => {
    listPages([logStream]);

    expect(await check()).toEqual(found());
    expect(listOperations(aws)).toEqual(['DescribeLogStreams']);
  });

  it('finds it when its events surround the range, and one in the range can be read', async () => {
    listPages([stream('a', FROM - 1, TO + 1)]);
    readEvents([IN_OCTOBER, IN_OCTOBER]);

    expect(await check()).toMatchObject({ missing: ['a'] });
  });

  it('finds nothing when its events surround the range, and none is in it', async () => {
    listPages([stream('a', FROM - 1, TO + 1)]);
    readEvents([FROM - 1, FROM - 1]);

    expect(await check()).toEqual(found());
  });

  it('reads at most 100 log streams whose events surround the range', async () => {
    listPages(Array.from({ length: 101 }, (_, index) => stream(`stream-${index}`, FROM - 1, TO + 1)));

    expect(await check()).toEqual(found());
    expect(listOperations(aws).filter((operation) => operation === 'FilterLogEvents')).toHaveLength(100);
  });

  it('reads no log stream whose events surround the range, if its class cannot be read', async () => {
    listPages([stream('a', FROM - 1, TO + 1)]);

    expect(await check(octoberRequest(INFREQUENT_ACCESS))).toEqual(found());
    expect(listOperations(aws)).toEqual(['DescribeLogStreams']);
  });

  it('finds nothing when retention had removed the listed events before the task ended', async () => {
    const logGroup = { ...OCTOBER_REQUEST.item.logGroup, retentionInDays: 10 };
    listPages([stream('a', OCTOBER_REQUEST.task.completedAt - 10 * DAY_MS - 1)]);

    expect(await check(octoberRequest({ logGroup }))).toEqual(found());
    expect(listOperations(aws)).toEqual(['DescribeLogStreams']);
  });

  it.each<[string, [number, number][], string[]]>([
    ['an event that was ingested in time', [[TO, INGESTED_UNTIL]], ['a']],
    ['only an event that was ingested a millisecond late', [[TO, INGESTED_UNTIL + 1]], []],
    ['only an event before the range', [[FROM - 1, FROM]], []],
    ['only an event after the range', [[TO + 1, TO + 1]], []],
    [
      'an event in time after a page of late events',
      [
        [FROM, INGESTED_UNTIL + 1],
        [TO, TO],
      ],
      ['a'],
    ],
  ])('decides by the events that can be read: %s', async (_, pages, missing) => {
    listPages([stream('a', FROM, TO)]);
    readEvents(...pages);

    expect(await check()).toEqual(found(...missing));
  });

  it('finds nothing when no event can be read', async () => {
    listPages([stream('a', IN_OCTOBER)]);
    aws.faults.injectNext('FilterLogEvents', answers(200, {}));

    expect(await check()).toEqual(found());
  });

  it('reads at most 20 pages of late events', async () => {
    listPages([stream('a', IN_OCTOBER)]);
    readEvents(...Array.from({ length: 30 }, (): [number, number] => [IN_OCTOBER, INGESTED_UNTIL + 1]));

    expect(await check()).toEqual(found());
    expect(listOperations(aws).filter((operation) => operation === 'FilterLogEvents')).toHaveLength(20);
  });

  it('asks for the next page of events with the token', async () => {
    listPages([stream('a', IN_OCTOBER)]);
    readEvents([FROM, INGESTED_UNTIL + 1], [TO, TO]);
    await check();

    expect(aws.requestHandler.calls.at(-1)?.input).toMatchObject({ nextToken: 'page-2' });
  });

  it.each<[string, LogStream, string[]]>([
    ['the log stream ended in time', stream('a', IN_OCTOBER, TO), ['a']],
    ['the last ingestion was late', { ...stream('a', TO), lastIngestionTime: INGESTED_UNTIL + 1 }, []],
    ['the first event is old enough', { ...stream('a', IN_OCTOBER), lastIngestionTime: INGESTED_UNTIL + 1 }, ['a']],
  ])('decides by its times when events cannot be read: %s', async (_, logStream, missing) => {
    listPages([logStream]);

    expect(await check(octoberRequest(INFREQUENT_ACCESS))).toEqual(found(...missing));
    expect(listOperations(aws)).toEqual(['DescribeLogStreams', 'ListObjectsV2']);
  });
});

describe('with several pages', () => {
  const folder = (...names: string[]) => {
    for (const name of names) {
      aws.buckets.putObject('archive', `${FOLDER}${name}/000000.gz`, 'four');
    }
  };
  const pagesRead = () => listOperations(aws).filter((operation) => operation === 'DescribeLogStreams').length;

  it.each<[string, LogStream[], number]>([
    ['one log stream ended in the range', [stream('a', FROM), stream('b', FROM - HOUR_MS - 1)], 2],
    ['one log stream ended less than an hour before it', [stream('b', FROM - HOUR_MS)], 2],
    ['one log stream has no events', [stream('b', FROM - DAY_MS), stream('c')], 2],
    ['the page is empty', [], 2],
    ['all log streams ended more than an hour before it', [stream('b', FROM - HOUR_MS - 1), stream('c', 1)], 1],
  ])('when %s, reads pages up to this number', async (_, firstPage, pages) => {
    folder('a');
    listPages(firstPage, [stream('older', FROM - DAY_MS)]);

    expect(await check()).toMatchObject({ isEnd: true, missing: [] });
    expect(pagesRead()).toBe(pages);
  });

  it('ends with the first page that has a missing log stream', async () => {
    folder('a');
    listPages([stream('a', TO)], [stream('b', IN_OCTOBER)], [stream('c', FROM)]);
    readEvents([IN_OCTOBER, IN_OCTOBER]);

    expect(await check()).toEqual({ token: 'page-3', isEnd: true, missing: ['b'] });
    expect(pagesRead()).toBe(2);
  });

  it('stops after 5 minutes, and continues from its token', async () => {
    let now = 0;
    aws.faults.injectNext('DescribeLogStreams', (makeCall) => {
      now += 300_000;
      return answers(200, { logStreams: [], nextToken: 'there' })(makeCall);
    });
    expect(await check(OCTOBER_REQUEST, null, () => now)).toEqual({ token: 'there', isEnd: false, missing: [] });

    listPages([stream('b', IN_OCTOBER)]);
    readEvents([IN_OCTOBER, IN_OCTOBER]);
    expect(await check(OCTOBER_REQUEST, 'there')).toEqual(found('b'));
    expect(aws.requestHandler.calls[1]?.input).toMatchObject({ nextToken: 'there' });
  });
});

it.each([
  ['DescribeLogStreams', 'AccessDeniedException', 'EvidenceRefused'],
  ['DescribeLogStreams', 'ResourceNotFoundException', 'LogGroupNotFound'],
  ['DescribeLogStreams', 'ThrottlingException', 'ThrottlingException'],
  ['FilterLogEvents', 'AccessDeniedException', 'EvidenceRefused'],
  ['FilterLogEvents', 'ThrottlingException', 'ThrottlingException'],
  ['ListObjectsV2', 'AccessDenied', 'AccessDenied'],
])('when %s fails with %s, throws %s', async (operation, name, thrown) => {
  aws.faults.injectNext(operation, refuses(name, 'No.'));
  listPages([stream('a', IN_OCTOBER)]);

  await expect(check()).rejects.toMatchObject({ name: thrown });
});
