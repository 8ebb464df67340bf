import type { PartRecord } from '@log-archiver/core';
import { DAY_MS } from '@log-archiver/core';
import { createReceipt } from '../src/receipt';
import { FROM, OCTOBER_REQUEST } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:30.000Z');

/** Returns the record of a day of the period, counted from 0. */
function part(day: number, overrides: Partial<PartRecord> = {}): PartRecord {
  return {
    taskId: `task-${day}`,
    from: new Date(FROM + day * DAY_MS).toISOString(),
    to: new Date(FROM + (day + 1) * DAY_MS - 1).toISOString(),
    objects: 1,
    bytes: 4,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    daysLost: null,
    execution: 'execution of the part',
    ...overrides,
  };
}

const receipt = (...parts: PartRecord[]) => createReceipt(OCTOBER_REQUEST, parts, NOW);

it('lists the tasks of the parts in order', () => {
  const { tasks, execution } = receipt(part(0), part(1, { objects: 0, bytes: 0 }));

  expect(tasks).toEqual([
    { taskId: 'task-0', from: '2026-09-30T15:00:00.000Z', to: '2026-10-01T14:59:59.999Z', objects: 1, bytes: 4 },
    { taskId: 'task-1', from: '2026-10-01T15:00:00.000Z', to: '2026-10-02T14:59:59.999Z', objects: 0, bytes: 0 },
  ]);
  expect(execution).toBe(OCTOBER_REQUEST.execution.id);
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
  [['NOT_ASKED'], 'NOT_ASKED'],
  [['NO_EVENTS', 'OBJECTS', 'NOT_ASKED'], 'OBJECTS'],
  [['NOT_ASKED', 'OBJECTS'], 'OBJECTS'],
  [['NO_EVENTS', 'NOT_ASKED'], 'NOT_ASKED'],
  [['NO_EVENTS', 'NO_EVENTS'], 'NO_EVENTS'],
])('merges the evidence %p into %s', (evidence, together) => {
  expect(receipt(...evidence.map((of, day) => part(day, { evidence: of }))).evidence).toBe(together);
});

it.each<[string, PartRecord[], number | null]>([
  ['none when the parts are complete', [part(0), part(1)], null],
  ['none when the first part starts before the period', [part(-13), part(1)], null],
  ['the days lost by the only part', [part(0, { daysLost: 2 })], 2],
  ['the maximum of its parts', [part(0, { daysLost: 1 }), part(1, { daysLost: 2 })], 2],
  ['none of a part that starts after the lost days', [part(0), part(1, { daysLost: 1 })], null],
  ['the days before the first part', [part(2)], 2],
  [
    'a started day before the first part as a whole day',
    [part(2, { from: new Date(FROM + 2 * DAY_MS + 1).toISOString() })],
    3,
  ],
  ['a millisecond before the first part as a whole day', [part(0, { from: new Date(FROM + 1).toISOString() })], 1],
])('counts as lost days %s', (_, parts, daysLost) => {
  expect(receipt(...parts).daysLost).toBe(daysLost);
});
