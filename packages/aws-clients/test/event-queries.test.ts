import { answers, type LocalAws } from '@log-archiver/local-aws';
import { createLogsClient } from '../src/create-clients';
import { readEventCount, startEventCount } from '../src/event-queries';
import { startLocalAws } from '../src/testing';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

const createClient = () => createLogsClient({ requestHandler: aws.requestHandler });

describe('startEventCount', () => {
  it.each([
    ['of whole seconds', 1_790_780_400_000, 1_790_866_799_999, 1_790_780_400, 1_790_866_800],
    ['that begins within a second', 1_790_780_400_001, 1_790_866_800_000, 1_790_780_400, 1_790_866_801],
    ['of a millisecond', 1_790_780_400_999, 1_790_780_400_999, 1_790_780_400, 1_790_780_401],
  ])('counts by milliseconds in a range %s', async (_, from, to, startTime, endTime) => {
    aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));

    expect(await startEventCount(createClient(), { logGroupName: '/app/web', from, to })).toBe('query-1');
    expect(aws.requestHandler.calls.map(({ input }) => input)).toEqual([
      {
        logGroupName: '/app/web',
        startTime,
        endTime,
        queryString: `filter toMillis(@timestamp) >= ${from} and toMillis(@timestamp) <= ${to} | stats count(*) as events`,
      },
    ]);
  });

  it('throws an error when StartQuery returns no id', async () => {
    aws.faults.injectNext('StartQuery', answers(200, {}));

    await expect(startEventCount(createClient(), { logGroupName: '/app/web', from: 0, to: 1 })).rejects.toThrow(
      'StartQuery returned no query id for log group /app/web',
    );
  });
});

describe('readEventCount', () => {
  it.each<[string, object, object]>([
    ['a status without results', { status: 'Running' }, { status: 'Running', events: 0 }],
    ['a status without rows', { status: 'Complete', results: [] }, { status: 'Complete', events: 0 }],
    [
      'a count of zero',
      { status: 'Complete', results: [[{ field: 'events', value: '0' }]] },
      { status: 'Complete', events: 0 },
    ],
    [
      'a count beside another field',
      {
        status: 'Complete',
        results: [
          [
            { field: '@ptr', value: '7' },
            { field: 'events', value: '12' },
          ],
        ],
      },
      { status: 'Complete', events: 12 },
    ],
  ])('returns %s', async (_, response, expected) => {
    aws.faults.injectNext('GetQueryResults', answers(200, response));

    expect(await readEventCount(createClient(), 'query-1')).toEqual(expected);
    expect(aws.requestHandler.calls[0]?.input).toEqual({ queryId: 'query-1' });
  });
});
