import { answers, type LocalAws } from '@log-archiver/local-aws';
import { createLogsClient } from '../src/create-clients';
import { type EventSearch, searchForEvent } from '../src/log-events';
import { startLocalAws } from '../src/testing';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

const RANGE = { logGroupName: '/app/web', from: 1_000, to: 1_999 };

function search(overrides: Partial<EventSearch> = {}, ...events: object[]) {
  aws.faults.injectNext('FilterLogEvents', answers(200, { events }));
  return searchForEvent(createLogsClient({ requestHandler: aws.requestHandler }), { ...RANGE, ...overrides }, null);
}

it.each<[string, Partial<EventSearch>, object]>([
  ['one event of all log streams', {}, { limit: 1 }],
  ['one event of a log stream', { logStreamName: 'a' }, { limit: 1, logStreamNames: ['a'] }],
  ['all events when their ingestion decides', { ingestedUntil: 5 }, {}],
])('requests %s', async (_, overrides, input) => {
  await search(overrides);

  expect(aws.requestHandler.calls[0]?.input).toEqual({
    logGroupName: '/app/web',
    startTime: 1_000,
    endTime: 2_000,
    ...input,
  });
});

it.each<[number, number | undefined, boolean]>([
  [999, undefined, false],
  [1_000, undefined, true],
  [1_999, undefined, true],
  [2_000, undefined, false],
  [1_500, 5_000, true],
  [1_500, 4_999, false],
])(
  'with an event at %d, ingested at 5000, and a limit of its ingestion of %p',
  async (timestamp, ingestedUntil, hasEvent) => {
    const page = await search(
      { ingestedUntil },
      { timestamp: 0, ingestionTime: 0 },
      { timestamp, ingestionTime: 5_000 },
    );

    expect(page).toEqual({ hasEvent });
  },
);
