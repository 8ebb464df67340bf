import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { PARAMETERS } from '@log-archiver/aws-clients/testing';
import { DAY_MS, parsePeriod } from '@log-archiver/core';
import type { FoundLogGroup } from '../../src/log-group';
import { findUnfinished, measureLag, selectUnfinished, type Unfinished } from '../../src/metrics/lag';
import { foundLogGroup, incarnation, OCTOBER, WEB } from '../found-log-group';
import { createEntry } from '../report/entries';
import { REQUEST, World } from '../world';

const NOW = OCTOBER.to + 1 + 2 * DAY_MS;
const SEPTEMBER = parsePeriod('2026-09', 'Asia/Tokyo');

describe('findUnfinished', () => {
  it.each<[string, FoundLogGroup, string[]]>([
    ['is not archived', WEB, ['2026-09', '2026-10']],
    ['was created in October', foundLogGroup({ createdAt: OCTOBER.from }), ['2026-10']],
    ['retains nothing of September', foundLogGroup({ retentionInDays: 33 }), ['2026-10']],
    ['was deleted', { ...WEB, details: null, earlier: [incarnation(-100, 4)] }, []],
    ['does not exist', { ...WEB, details: null }, []],
    ['cannot be exported', { ...WEB, fault: { error: 'DestinationClash', cause: 'same' } }, ['2026-09', '2026-10']],
  ])('of a log group that %s, finds the periods', async (_, logGroup, periods) => {
    const archive = new ArchiveStore(new World().clients, REQUEST);
    const unfinished = await findUnfinished([SEPTEMBER, OCTOBER], [logGroup], archive, PARAMETERS, NOW);

    expect(unfinished.map(({ period }) => period.name)).toEqual(periods);
  });

  it('leaves out what has a receipt, even one of a forced run', async () => {
    const world = new World();
    world.putReceipt({ ...WEB, period: '2026-09' });
    world.putReceipt({ ...WEB, period: '2026-10' }, {}, '2026-11-02T03:00:01.000Z');
    const archive = new ArchiveStore(world.clients, REQUEST);

    expect(await findUnfinished([SEPTEMBER, OCTOBER], [WEB], archive, PARAMETERS, NOW)).toEqual([]);
  });
});

it('selects the log groups and periods of failures', () => {
  const logGroups = new Map([['/app/web', WEB]]);

  expect(selectUnfinished([createEntry()], [SEPTEMBER, OCTOBER], logGroups)).toEqual([
    { logGroup: WEB, period: OCTOBER },
  ]);
});

describe('measureLag', () => {
  const unfinished = (logGroup: FoundLogGroup, period = OCTOBER): Unfinished => ({ logGroup, period });

  it('returns zero when nothing is unfinished', () => {
    expect(measureLag([], NOW)).toEqual({ OldestIncompleteHours: 0, Backlog: 0, LogGroupsAtRisk: 0 });
  });

  it('measures from the end of the oldest period, and counts each period', () => {
    expect(measureLag([unfinished(WEB), unfinished(WEB, SEPTEMBER)], NOW)).toEqual({
      OldestIncompleteHours: (31 + 2) * 24,
      ...{ Backlog: 2, LogGroupsAtRisk: 0 },
    });
  });

  it.each([
    ['three days before its first event is removed', 36, 0, 1],
    ['a moment before that', 36, -1, 0],
    ['when events are removed already', 30, 0, 1],
    ['when its events never expire', null, 0, 0],
  ])('counts a log group as at risk %s', (_, retentionInDays, offset, LogGroupsAtRisk) => {
    expect(measureLag([unfinished(foundLogGroup({ retentionInDays }))], NOW + offset)).toMatchObject({
      LogGroupsAtRisk,
    });
  });

  it('counts a log group at risk once, whatever its periods', () => {
    const logGroup = foundLogGroup({ retentionInDays: 1 });

    expect(measureLag([unfinished(logGroup), unfinished(logGroup, SEPTEMBER)], NOW)).toMatchObject({
      ...{ Backlog: 2, LogGroupsAtRisk: 1 },
    });
  });
});
