import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { Budget } from '../src/page-by-page';
import { type Search, searchForEvent } from '../src/search-for-event';
import { FROM, OCTOBER_REQUEST, TO } from './october-request';
import { clientsOf, putEvents, startLocalAws } from './start-local-aws';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

function search(
  token: string | null = null,
  now: () => number = () => 0,
  item = OCTOBER_REQUEST.item,
): Promise<Search> {
  return searchForEvent(clientsOf(aws).logs, item, token, new Budget(now));
}

/** In the range of `OCTOBER_REQUEST` and in the 14 days that AWS takes events of. */
const IN_OCTOBER = Date.parse('2026-10-25T00:00:00.000Z');
const EVENT = { timestamp: IN_OCTOBER, message: 'GET /' };

it('a log group without events has none', async () => {
  expect(await search()).toEqual({ token: null, answer: 'NO_EVENTS' });
  expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['FilterLogEvents', { logGroupName: '/app/web', startTime: FROM, endTime: TO + 1, limit: 1 }],
  ]);
});

it.each([
  ['in the middle', IN_OCTOBER],
  ['at the last millisecond', TO],
])('an event is found %s', async (_, timestamp) => {
  putEvents(aws, timestamp);

  expect(await search()).toEqual({ token: null, answer: 'EVENT' });
});

it('an event is found at the first millisecond', async () => {
  putEvents(aws, IN_OCTOBER);

  expect(await search(null, () => 0, { ...OCTOBER_REQUEST.item, from: IN_OCTOBER })).toMatchObject({ answer: 'EVENT' });
});

it('no event is found of those before and after', async () => {
  putEvents(aws, IN_OCTOBER - 1, IN_OCTOBER + 11, IN_OCTOBER + 12);

  expect(await search(null, () => 0, { ...OCTOBER_REQUEST.item, from: IN_OCTOBER, to: IN_OCTOBER + 10 })).toEqual({
    token: null,
    answer: 'NO_EVENTS',
  });
});

it.each([
  ['before', FROM - 1],
  ['after', TO + 1],
])('an event %s the range is none, although AWS answers with it', async (_, timestamp) => {
  aws.faults.arrange('FilterLogEvents', answers(200, { events: [{ ...EVENT, timestamp }] }));

  expect(await search()).toEqual({ token: null, answer: 'NO_EVENTS' });
});

it('a page without events is not the last: the search goes on where it ended', async () => {
  aws.faults.arrange(
    'FilterLogEvents',
    answers(200, { events: [], nextToken: 'there' }),
    answers(200, { nextToken: 'farther' }),
    answers(200, { events: [EVENT], nextToken: 'on' }),
  );

  expect(await search()).toEqual({ token: null, answer: 'EVENT' });
  expect(aws.requestHandler.calls.map(({ input }) => (input as { nextToken?: string }).nextToken)).toEqual([
    undefined,
    'there',
    'farther',
  ]);
});

it('the search stops after 5 minutes, and goes on from its token', async () => {
  let now = 0;
  aws.faults.arrange('FilterLogEvents', (makeCall) => {
    now += 300_000;
    return answers(200, { events: [], nextToken: 'there' })(makeCall);
  });
  expect(await search(null, () => now)).toEqual({ token: 'there', answer: null });

  aws.faults.arrange('FilterLogEvents', answers(200, { events: [EVENT] }));
  expect(await search('there')).toEqual({ token: null, answer: 'EVENT' });
  expect(aws.requestHandler.calls[1]?.input).toMatchObject({ nextToken: 'there' });
});

it.each([
  'InvalidOperationException',
  'InvalidParameterException',
  'AccessDeniedException',
  'ResourceNotFoundException',
])('it could not be asked where AWS answers %s', async (name) => {
  aws.faults.arrange('FilterLogEvents', refuses(name, 'No.'));

  expect(await search()).toEqual({ token: null, answer: 'NOT_ASKED' });
});

it('it could not be asked where the log group is gone', async () => {
  expect(await search(null, () => 0, { ...OCTOBER_REQUEST.item, logGroupName: '/app/gone' })).toMatchObject({
    answer: 'NOT_ASKED',
  });
});

it.each(['ThrottlingException', 'ServiceUnavailableException', 'LimitExceededException'])(
  '%s of AWS stays what it is, and what was searched before it is kept',
  async (name) => {
    const refused = refuses(name, 'Later.');
    aws.faults.arrange('FilterLogEvents', refused, answers(200, { nextToken: 'there' }), refused);

    await expect(search()).rejects.toMatchObject({ name, message: 'Later.' });
    expect(await search()).toEqual({ token: 'there', answer: null });
  },
);
