import { type ArchiveItem, type ArchiveOutcome, defaultS3Prefix, type ReportEntry } from '@log-archiver/core';
import fc from 'fast-check';
import { DAY, NOW, World, withInput } from './world';

const PERIODS = ['2026-08', '2026-09', '2026-10'];

/** Names that are often almost the same, and sort otherwise than their keys. */
const anyName = () => fc.stringMatching(/^\/[ab]([-/.#a]{0,3})$/);

const anyLogGroup = () =>
  fc.record({
    name: anyName(),
    createdDaysAgo: fc.constantFrom(1, 20, 50, 400),
    retentionInDays: fc.constantFrom(0, 0, 30, 60, 365),
    logGroupClass: fc.constantFrom('STANDARD', 'STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    receipts: fc.subarray(PERIODS),
  });

const anyWorld = () => fc.uniqueArray(anyLogGroup(), { selector: ({ name }) => name, maxLength: 60 });

/** How the attempts of an item end. */
const anyEnding = () =>
  fc.constantFrom<Partial<ArchiveOutcome> | undefined>(
    {},
    {},
    {},
    undefined,
    { status: 'SKIPPED', error: 'LogGroupNotFound' },
    ...['FAILED', 'ArchiveEmpty', 'ExportTaskGivenUp', 'ExportSlotUnavailable', 'InvalidParameterException'].map(
      (error) => ({
        status: 'FAILED' as const,
        error,
      }),
    ),
  );

const keyOf = ({ logGroupName, period }: Pick<ArchiveItem | ReportEntry, 'logGroupName' | 'period'>) =>
  `${logGroupName} ${period}`;
const rangeOf = (item: ReportEntry | ArchiveItem) => `${keyOf(item)} ${item.from} ${item.to}`;

it('in any world every log group and every period ends in exactly one way, over all pages', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld(), fc.array(anyEnding(), { minLength: 1, maxLength: 50 }), async (logGroups, endings) => {
      const world = new World();
      for (const { name, createdDaysAgo, receipts, ...options } of logGroups) {
        world.create(name, { ...options, createdAt: Date.parse(NOW) - createdDaysAgo * DAY });
        for (const period of receipts) {
          world.putReceipt({ logGroupName: name, s3Prefix: defaultS3Prefix(name, ''), period });
        }
      }
      let tries = 0;
      const { items, pages } = await world.run(withInput({ period: '2026-08/2026-10' }), () => {
        tries += 1;
        return endings[tries % endings.length];
      });
      const report = world.report();
      const all = logGroups
        .flatMap(({ name }) => PERIODS.map((period) => keyOf({ logGroupName: name, period })))
        .sort();

      expect([...new Set(report.items.map(keyOf))].sort()).toEqual(all);
      // A line for each, but for those that were split, whose parts have a line each.
      expect(new Set(report.items.map(rangeOf)).size).toBe(report.items.length);
      expect(report.archived + report.skipped + report.failed).toBe(all.length);
      const untried = report.items.filter((line) => line.error !== 'NoOutcome' && line.storedBytes !== null);
      expect(untried.filter((line) => items.some((item) => keyOf(item) === keyOf(line)))).toEqual([]);
      expect(new Set(items.map((item) => `${rangeOf(item)} ${item.attempt}`)).size).toBe(items.length);
      expect(pages.every((page) => page.items.length <= 40)).toBe(true);
      for (const { name, receipts } of logGroups) {
        for (const period of receipts) {
          expect(report.items).toContainEqual(
            expect.objectContaining({ logGroupName: name, period, status: 'SKIPPED', error: 'AlreadyArchived' }),
          );
        }
      }
    }),
    { numRuns: 40 },
  );
});
