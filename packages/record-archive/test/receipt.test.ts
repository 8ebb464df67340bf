import type { PartRecord } from '@log-archiver/core';
import { receiptOf } from '../src/receipt';
import { DAY, FROM, OCTOBER_REQUEST } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:30.000Z');

/** From the first millisecond of a day on, counted from 0. */
function part(day: number, overrides: Partial<PartRecord> = {}): PartRecord {
  return {
    taskId: `task-${day}`,
    from: new Date(FROM + day * DAY).toISOString(),
    to: new Date(FROM + (day + 1) * DAY - 1).toISOString(),
    objects: 1,
    bytes: 4,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    daysLost: null,
    execution: 'of the part',
    ...overrides,
  };
}

const receipt = (...parts: PartRecord[]) => receiptOf(OCTOBER_REQUEST, parts, NOW);

it('a receipt has of its parts what an auditor asks of a task, in their order', () => {
  const { tasks, execution } = receipt(part(0), part(1, { objects: 0, bytes: 0 }));

  expect(tasks).toEqual([
    { taskId: 'task-0', from: '2026-09-30T15:00:00.000Z', to: '2026-10-01T14:59:59.999Z', objects: 1, bytes: 4 },
    { taskId: 'task-1', from: '2026-10-01T15:00:00.000Z', to: '2026-10-02T14:59:59.999Z', objects: 0, bytes: 0 },
  ]);
  expect(execution).toBe(OCTOBER_REQUEST.execution.id);
});

it('a receipt is complete as of 12 hours before the first of its tasks was created, whichever that is', () => {
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
  [['NOT_ASKED'], 'NOT_ASKED'],
  [['NO_EVENTS', 'OBJECTS', 'NOT_ASKED'], 'OBJECTS'],
  [['NOT_ASKED', 'OBJECTS'], 'OBJECTS'],
  [['NO_EVENTS', 'NOT_ASKED'], 'NOT_ASKED'],
  [['NO_EVENTS', 'NO_EVENTS'], 'NO_EVENTS'],
])('parts with %p are %s together', (evidence, together) => {
  expect(receipt(...evidence.map((of, day) => part(day, { evidence: of }))).evidence).toBe(together);
});

it.each<[string, PartRecord[], number | null]>([
  ['none when all is there', [part(0), part(1)], null],
  ['none when there are events that are older than their log group', [part(-13), part(1)], null],
  ['what was lost when it was exported as a whole', [part(0, { daysLost: 2 })], 2],
  ['the most of what its parts lost', [part(0, { daysLost: 1 }), part(1, { daysLost: 2 })], 2],
  ['none of a part that begins after what was lost', [part(0), part(1, { daysLost: 1 })], null],
  ['what no part has', [part(2)], 2],
  ['what no part has, by whole days', [part(2, { from: new Date(FROM + 2 * DAY + 1).toISOString() })], 3],
  ['a part of a day as a day', [part(0, { from: new Date(FROM + 1).toISOString() })], 1],
])('the days lost are %s', (_, parts, daysLost) => {
  expect(receipt(...parts).daysLost).toBe(daysLost);
});
