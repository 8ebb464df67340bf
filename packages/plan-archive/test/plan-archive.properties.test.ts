import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import {
  type ArchiveItem,
  type ArchiveOutcome,
  type ArchiveSummary,
  DAY_MS,
  defaultS3Prefix,
  isCovered,
  type PeriodLoss,
  type ReportEntry,
} from '@log-archiver/core';
import fc from 'fast-check';
import { World, withInput } from './world';

const PERIODS = ['2026-08', '2026-09', '2026-10'];

/** Names that are often almost equal, and sort differently from their keys. */
const anyName = () => fc.stringMatching(/^\/[ab]([-/.#a]{0,3})$/);

/** Change of a log group between two runs. */
const anyFate = () => fc.constantFrom('KEPT', 'KEPT', 'KEPT', 'DELETED', 'RECREATED');

const anyLogGroup = () =>
  fc.record({
    name: anyName(),
    createdDaysAgo: fc.constantFrom(1, 20, 50, 400),
    retentionInDays: fc.constantFrom(0, 0, 30, 60, 365),
    logGroupClass: fc.constantFrom('STANDARD', 'STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    receipts: fc.subarray(PERIODS),
    fates: fc.array(anyFate(), { minLength: 4, maxLength: 4 }),
  });

const anyWorld = (maxLength: number) => fc.uniqueArray(anyLogGroup(), { selector: ({ name }) => name, maxLength });
type LogGroups = ReturnType<typeof anyWorld> extends fc.Arbitrary<infer T> ? T : never;

/** End of an item, as it differs from `ARCHIVED`; `undefined`: no outcome. */
const anyEnd = () =>
  fc.constantFrom<Partial<ArchiveOutcome> | undefined>(
    {},
    {},
    {},
    undefined,
    { status: 'SKIPPED', error: 'LogGroupNotFound' },
    ...[
      'FAILED',
      'ArchiveEmpty',
      'ArchivePartial',
      'ExportTaskGivenUp',
      'ExportSlotUnavailable',
      'EvidenceRefused',
    ].map((error) => ({ status: 'FAILED' as const, error })),
    { status: 'FAILED', error: 'InvalidParameterException' },
  );

const identify = ({ logGroupName, period }: Pick<ArchiveItem | ReportEntry, 'logGroupName' | 'period'>) =>
  `${logGroupName} ${period}`;
const identifyRange = (item: ReportEntry | ArchiveItem) => `${identify(item)} ${item.from} ${item.to}`;

function createWorld(logGroups: LogGroups): World {
  const world = new World();
  for (const { name, createdDaysAgo, receipts, fates: _, ...options } of logGroups) {
    world.create(name, { ...options, createdAt: Date.parse(NOW) - createdDaysAgo * DAY_MS });
    for (const period of receipts) {
      world.putReceipt({ logGroupName: name, s3Prefix: defaultS3Prefix(name, ''), period });
    }
  }
  return world;
}

it('gives every log group and period exactly one end, over all pages of any world', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld(40), fc.array(anyEnd(), { minLength: 1, maxLength: 50 }), async (logGroups, ends) => {
      const world = createWorld(logGroups);
      let tries = 0;
      const { items, pages } = await world.run(withInput({ period: '2026-08/2026-10' }), () => {
        tries += 1;
        return ends[tries % ends.length];
      });
      const report = world.readReport();
      const all = logGroups
        .flatMap(({ name }) => PERIODS.map((period) => identify({ logGroupName: name, period })))
        .sort();

      expect([...new Set(report.items.map(identify))].sort()).toEqual(all);
      // One entry for each, and one for each part of those that were split.
      expect(new Set(report.items.map(identifyRange)).size).toBe(report.items.length);
      expect(report.archived + report.skipped + report.failed + report.lost).toBe(all.length);
      const notExported = report.items.filter(
        ({ error, storedBytes }) => error !== 'NoOutcome' && storedBytes !== null,
      );
      expect(notExported.filter((entry) => items.some((item) => identify(item) === identify(entry)))).toEqual([]);
      expect(new Set(items.map((item) => `${identifyRange(item)} ${item.attempt}`)).size).toBe(items.length);
      expect(pages.every((page) => (page.next === 'ARCHIVE') === page.items.length > 0)).toBe(true);
      for (const { name, receipts } of logGroups) {
        for (const period of receipts) {
          expect(report.items).toContainEqual(
            expect.objectContaining({ logGroupName: name, period, status: 'ARCHIVED', taskId: null }),
          );
        }
      }
    }),
    { numRuns: 10 },
  );
});

/** Deletes a log group, or deletes and creates it. */
function meet(world: World, { name, fates, retentionInDays, logGroupClass }: LogGroups[number], run: number) {
  const fate = fates[run];
  if (fate !== 'KEPT' && world.aws.logs.logGroups.has(name)) {
    world.aws.logs.logGroups.delete({ logGroupName: name });
    if (fate === 'RECREATED') {
      world.create(name, { retentionInDays, logGroupClass, createdAt: world.now() });
    }
  }
}

/** Asserts that a summary reports no loss that an earlier one has reported, and returns all reported ones. */
function checkLosses(earlier: PeriodLoss[], { newLosses }: ArchiveSummary): PeriodLoss[] {
  const toRange = ({ from, to }: PeriodLoss) => ({ from: Date.parse(from), to: Date.parse(to) });
  for (const loss of newLosses) {
    const ofLogGroup = earlier.filter(
      ({ logGroupName, cause }) => logGroupName === loss.logGroupName && cause === loss.cause,
    );
    expect(isCovered(toRange(loss), ofLogGroup.map(toRange))).toBe(false);
  }
  return [...earlier, ...newLosses];
}

it('plans what failed again until it is archived or lost, and reports no loss twice, over daily runs', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld(8), fc.array(anyEnd(), { minLength: 1, maxLength: 20 }), async (logGroups, ends) => {
      const world = createWorld(logGroups);
      let tries = 0;
      let failed = new Map<string, string>();
      let losses: PeriodLoss[] = [];
      for (const run of [0, 1, 2, 3]) {
        const startedAt = new Date(Date.parse(NOW) + run * 20 * DAY_MS).toISOString();
        world.now = () => Date.parse(startedAt);
        for (const logGroup of logGroups) {
          meet(world, logGroup, run);
        }
        const execution = { ...EXECUTION, name: `run-${run}`, id: `run-${run}`, startedAt };
        const { summary } = await world.run({ execution }, () => {
          tries += 1;
          return ends[tries % ends.length];
        });
        const { items } = world.readReport();
        const ended = new Set(items.map(identify));

        expect([...failed.keys()].filter((id) => !ended.has(id))).toEqual([]);
        const stillFailed = items.filter(({ status }) => status === 'FAILED');
        failed = new Map(stillFailed.map((entry) => [identify(entry), entry.period]));
        expect(new Set(world.readCheckpoint().incomplete)).toEqual(new Set(failed.values()));
        losses = checkLosses(losses, summary as ArchiveSummary);
        expect(summary?.status).toBe(
          failed.size > 0 ? 'INCOMPLETE' : summary?.newLosses.length === 0 ? 'COMPLETE' : 'LOSS',
        );
      }
    }),
    { numRuns: 10 },
  );
});
