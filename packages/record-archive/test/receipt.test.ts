import { createLoss, DAY_MS, type Loss, type LossCause, type PartRecord, toIsoTime } from '@log-archiver/core';
import { createReceipt } from '../src/receipt';
import { FROM, OCTOBER_REQUEST, octoberRequest } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:30.000Z');

const CONTENT = { digest: 'd1'.repeat(32), firstObject: 'a/000000.gz', lastObject: 'a/000000.gz' };
const PREVIOUS = { key: 'receipts/2026-09', sha256: 'a5'.repeat(32) };

/** Returns the record of a day of the period, counted from 0. */
function part(day: number, overrides: Partial<PartRecord> = {}): PartRecord {
  return {
    taskId: `task-${day}`,
    from: new Date(FROM + day * DAY_MS).toISOString(),
    to: new Date(FROM + (day + 1) * DAY_MS - 1).toISOString(),
    objects: 1,
    bytes: 4,
    ...CONTENT,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    losses: [],
    execution: 'execution of the part',
    ...overrides,
  };
}

const receipt = (...parts: PartRecord[]) => createReceipt(OCTOBER_REQUEST, parts, PREVIOUS, NOW);

it('lists the tasks of the parts in order', () => {
  const { tasks, previous, execution } = receipt(part(0), part(1, { objects: 0, bytes: 0 }));

  expect(tasks).toEqual([
    {
      taskId: 'task-0',
      from: '2026-09-30T15:00:00.000Z',
      to: '2026-10-01T14:59:59.999Z',
      objects: 1,
      bytes: 4,
      ...CONTENT,
    },
    {
      taskId: 'task-1',
      from: '2026-10-01T15:00:00.000Z',
      to: '2026-10-02T14:59:59.999Z',
      objects: 0,
      bytes: 0,
      ...CONTENT,
    },
  ]);
  expect([previous, execution]).toEqual([PREVIOUS, OCTOBER_REQUEST.execution.id]);
});

it('is complete as of 12 hours before the creation of its earliest task', () => {
  const parts = ['2026-11-02T05:00:00.000Z', '2026-11-01T05:00:00.000Z', '2026-11-03T05:00:00.000Z'].map(
    (createdAt, day) => part(day, { createdAt }),
  );

  expect(receipt(...parts)).toMatchObject({
    startedAt: '2026-11-01T05:00:00.000Z',
    completeAsOf: '2026-10-31T17:00:00.000Z',
    finishedAt: '2026-11-02T03:00:30.000Z',
  });
});

it.each<[PartRecord['evidence'][], PartRecord['evidence']]>([
  [['OBJECTS'], 'OBJECTS'],
  [['NO_EVENTS'], 'NO_EVENTS'],
  [['NO_EVENTS', 'OBJECTS'], 'OBJECTS'],
  [['OBJECTS', 'NO_EVENTS'], 'OBJECTS'],
  [['NO_EVENTS', 'NO_EVENTS'], 'NO_EVENTS'],
])('merges the evidence %p into %s', (evidence, together) => {
  expect(receipt(...evidence.map((of, day) => part(day, { evidence: of }))).evidence).toBe(together);
});

/** Returns the loss of the days from one to before another, counted from 0. */
function lost(cause: LossCause, day: number, end: number): Loss {
  return createLoss(cause, { from: FROM + day * DAY_MS, to: FROM + end * DAY_MS - 1 });
}
const expired = (day: number, end: number) => lost('RetentionExpired', day, end);
const recreated = (day: number, end: number) => lost('LogGroupRecreated', day, end);

it.each<[string, PartRecord[], Loss[]]>([
  ['none when the parts are complete', [part(0), part(1)], []],
  ['none when the first part starts before the period', [part(-13), part(1)], []],
  ['what the only part lost', [part(0, { losses: [expired(0, 0.5)] })], [expired(0, 0.5)]],
  ['only what a part lost of its own range', [part(0), part(1, { losses: [expired(0, 1.5)] })], [expired(1, 1.5)]],
  ['nothing of a part that starts after the loss', [part(0), part(1, { losses: [expired(0, 1)] })], []],
  [
    'the losses of several parts as one',
    [part(0, { losses: [expired(0, 0.5)] }), part(1, { losses: [expired(0, 1.5)] })],
    [expired(0, 1.5)],
  ],
  ['the days before the first part', [part(2)], [expired(0, 2)]],
  ['a millisecond before the first part', [part(0, { from: toIsoTime(FROM + 1) })], [expired(0, 1 / DAY_MS)]],
  [
    'the days before the first part, and what was gone at its export',
    [part(2, { losses: [expired(0, 2.5)] })],
    [expired(0, 2.5)],
  ],
  [
    'the days before the first part by other causes, too',
    [part(2, { losses: [recreated(0, 1)] })],
    [expired(0, 2), recreated(0, 1)],
  ],
  [
    'what the log group lost by its deletion, without the parts that were exported before',
    [part(0), part(1, { losses: [recreated(0, 3)] }), part(2, { losses: [recreated(0, 3)] }), part(3)],
    [recreated(1, 3)],
  ],
])('lists as losses %s', (_, parts, losses) => {
  expect(receipt(...parts).losses).toEqual(losses);
});

it('lists no loss of days on which the log group cannot have had events', () => {
  const logGroup = { ...OCTOBER_REQUEST.item.logGroup, createdAt: FROM + 16 * DAY_MS };
  const request = octoberRequest({ logGroup });

  expect(createReceipt(request, [part(2)], null, NOW).losses).toEqual([]);
  expect(createReceipt(request, [part(3)], null, NOW).losses).toEqual([expired(2, 3)]);
});

it('lists as lost what preceded the period, of a log group that was created in its first days', () => {
  const logGroup = { ...OCTOBER_REQUEST.item.logGroup, createdAt: FROM + 2 * DAY_MS };
  const request = octoberRequest({ logGroup });

  expect(createReceipt(request, [part(3)], null, NOW).losses).toEqual([expired(-12, 3)]);
  expect(createReceipt(request, [part(0, { losses: [expired(-12, 0.5)] })], null, NOW).losses).toEqual([
    expired(-12, 0.5),
  ]);
});
