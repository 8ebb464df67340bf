import type { LogStream } from '@log-archiver/aws-clients/log-streams';
import { DAY_MS, HOUR_MS } from '@log-archiver/core';
import {
  findExportableEvents,
  hasEventInRange,
  hasExportableEvent,
  surrounds,
} from '../../src/evidence/exportable-events';
import { FROM, OCTOBER_REQUEST, octoberRequest, TO } from '../october-request';

const CREATED = OCTOBER_REQUEST.task.createdAt;
const COMPLETED = OCTOBER_REQUEST.task.completedAt;

describe('findExportableEvents', () => {
  it.each<[string, number | null, number]>([
    ['the range of the item without a retention', null, FROM],
    ['the range of the item when all of it is retained', 90, FROM],
    ['only what was retained when the task ended', 30, COMPLETED - 30 * DAY_MS],
  ])('returns %s', (_, retentionInDays, from) => {
    const logGroup = { ...OCTOBER_REQUEST.item.logGroup, retentionInDays };

    expect(findExportableEvents(octoberRequest({ logGroup }))).toEqual({
      from,
      to: TO,
      ingestedUntil: CREATED - 12 * HOUR_MS,
    });
  });
});

const RANGE = { from: FROM, to: TO };
const stream = (first?: number, last?: number, ingested?: number): LogStream => ({
  firstEventTimestamp: first,
  lastEventTimestamp: last,
  lastIngestionTime: ingested,
});

describe('hasEventInRange', () => {
  it.each<[string, LogStream, boolean]>([
    ['no events', stream(), false],
    ['its only event a millisecond before the range', stream(FROM - 1, FROM - 1), false],
    ['its only event at the first millisecond', stream(FROM, FROM), true],
    ['its only event at the last millisecond', stream(TO, TO), true],
    ['its only event a millisecond after the range', stream(TO + 1, TO + 1), false],
    ['its first event in the range', stream(TO - 1, TO + DAY_MS), true],
    ['its last event in the range', stream(FROM - DAY_MS, FROM + 1), true],
    ['its first event before and its last one after the range', stream(FROM - 1, TO + 1), false],
  ])('decides on a log stream with %s', (_, logStream, expected) => {
    expect(hasEventInRange(logStream, RANGE)).toBe(expected);
  });
});

describe('surrounds', () => {
  it.each<[string, LogStream, boolean]>([
    ['no events', stream(), false],
    ['its first event in the range', stream(FROM, TO + 1), false],
    ['its last event in the range', stream(FROM - 1, TO), false],
    ['its first event before and its last one after the range', stream(FROM - 1, TO + 1), true],
  ])('decides on a log stream with %s', (_, logStream, expected) => {
    expect(surrounds(logStream, RANGE)).toBe(expected);
  });
});

describe('hasExportableEvent', () => {
  const UNTIL = TO + 12 * HOUR_MS;

  it.each<[string, LogStream, boolean]>([
    ['no events', stream(), false],
    ['an event in the range, and the last ingestion in time', stream(TO, TO, UNTIL), true],
    ['an event in the range, and the last ingestion a millisecond late', stream(TO, TO, UNTIL + 1), false],
    ['an event in the range, and no last ingestion', stream(TO, TO), false],
    [
      'an event that was ingested in time even if it was 14 days old',
      stream(UNTIL - 14 * DAY_MS, TO + DAY_MS, UNTIL + DAY_MS),
      true,
    ],
    [
      'an event that may have been ingested late when it was 14 days old',
      stream(UNTIL - 14 * DAY_MS + 1, TO + DAY_MS, UNTIL + DAY_MS),
      false,
    ],
    ['an old event outside the range', stream(FROM - 1, TO + DAY_MS, UNTIL + DAY_MS), false],
    ['only events outside the range, ingested in time', stream(FROM - 2, FROM - 1, FROM), false],
  ])('decides on a log stream with %s', (_, logStream, expected) => {
    expect(hasExportableEvent(logStream, { ...RANGE, ingestedUntil: UNTIL })).toBe(expected);
  });
});
