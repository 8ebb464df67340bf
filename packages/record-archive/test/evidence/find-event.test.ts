import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { type EventSearchPosition, findEvent } from '../../src/evidence/find-event';
import { InvocationBudget } from '../../src/invocation-budget';
import { createClients, FROM, OCTOBER_REQUEST, putEvents, startOctoberAws, TO } from '../october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

function search(
  token: string | null = null,
  now: () => number = () => 0,
  item = OCTOBER_REQUEST.item,
): Promise<EventSearchPosition> {
  return findEvent(createClients(aws), item, token, new InvocationBudget(now));
}

/** In the range of `OCTOBER_REQUEST`, and within the 14 days of which AWS accepts events. */
const IN_OCTOBER = Date.parse('2026-10-25T00:00:00.000Z');
const EVENT = { timestamp: IN_OCTOBER, message: 'GET /' };

it('finds no event in an empty log group', async () => {
  expect(await search()).toEqual({ token: null, hasEvent: false });
  expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['FilterLogEvents', { logGroupName: '/app/web', startTime: FROM, endTime: TO + 1, limit: 1 }],
  ]);
});

it.each([
  ['in the middle', IN_OCTOBER],
  ['at the last millisecond', TO],
])('finds an event %s of the range', async (_, timestamp) => {
  putEvents(aws, timestamp);

  expect(await search()).toEqual({ token: null, hasEvent: true });
});

it('finds an event at the first millisecond of the range', async () => {
  putEvents(aws, IN_OCTOBER);

  expect(await search(null, () => 0, { ...OCTOBER_REQUEST.item, from: IN_OCTOBER })).toMatchObject({ hasEvent: true });
});

it('ignores events before and after the range', async () => {
  putEvents(aws, IN_OCTOBER - 1, IN_OCTOBER + 11, IN_OCTOBER + 12);

  expect(await search(null, () => 0, { ...OCTOBER_REQUEST.item, from: IN_OCTOBER, to: IN_OCTOBER + 10 })).toEqual({
    token: null,
    hasEvent: false,
  });
});

it.each([
  ['before', FROM - 1],
  ['after', TO + 1],
])('ignores an event %s the range that AWS returns', async (_, timestamp) => {
  aws.faults.injectNext('FilterLogEvents', answers(200, { events: [{ ...EVENT, timestamp }] }));

  expect(await search()).toEqual({ token: null, hasEvent: false });
});

it('continues after a page without events', async () => {
  aws.faults.injectNext(
    'FilterLogEvents',
    answers(200, { events: [], nextToken: 'there' }),
    answers(200, { nextToken: 'farther' }),
    answers(200, { events: [EVENT], nextToken: 'on' }),
  );

  expect(await search()).toEqual({ token: null, hasEvent: true });
  expect(aws.requestHandler.calls.map(({ input }) => (input as { nextToken?: string }).nextToken)).toEqual([
    undefined,
    'there',
    'farther',
  ]);
});

it('stops after 5 minutes, and continues from its token', async () => {
  let now = 0;
  aws.faults.injectNext('FilterLogEvents', (makeCall) => {
    now += 300_000;
    return answers(200, { events: [], nextToken: 'there' })(makeCall);
  });
  expect(await search(null, () => now)).toEqual({ token: 'there', hasEvent: null });

  aws.faults.injectNext('FilterLogEvents', answers(200, { events: [EVENT] }));
  expect(await search('there')).toEqual({ token: null, hasEvent: true });
  expect(aws.requestHandler.calls[1]?.input).toMatchObject({ nextToken: 'there' });
});

it('throws EvidenceRefused when AWS refuses the search', async () => {
  aws.faults.injectNext('FilterLogEvents', refuses('AccessDeniedException', 'No.'));

  await expect(search()).rejects.toMatchObject({ name: 'EvidenceRefused' });
});

it('throws LogGroupNotFound when the log group does not exist', async () => {
  await expect(search(null, () => 0, { ...OCTOBER_REQUEST.item, logGroupName: '/app/gone' })).rejects.toMatchObject({
    name: 'LogGroupNotFound',
  });
});

it.each(['ThrottlingException', 'ServiceUnavailableException', 'LimitExceededException'])(
  'rethrows %s on the first page, and keeps the pages before a later one',
  async (name) => {
    const refused = refuses(name, 'Later.');
    aws.faults.injectNext('FilterLogEvents', refused, answers(200, { nextToken: 'there' }), refused);

    await expect(search()).rejects.toMatchObject({ name, message: 'Later.' });
    expect(await search()).toEqual({ token: 'there', hasEvent: null });
  },
);
