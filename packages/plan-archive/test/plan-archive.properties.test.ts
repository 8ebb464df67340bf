import { NOW } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, type ArchiveOutcome, DAY_MS, defaultS3Prefix, type ReportEntry } from '@log-archiver/core';
import fc from 'fast-check';
import { World, withInput } from './world';

const PERIODS = ['2026-08', '2026-09', '2026-10'];

/** Names that are often almost equal, and sort differently from their keys. */
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

/** End of an item, as it differs from `ARCHIVED`; `undefined`: no outcome. */
const anyEnd = () =>
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

const identify = ({ logGroupName, period }: Pick<ArchiveItem | ReportEntry, 'logGroupName' | 'period'>) =>
  `${logGroupName} ${period}`;
const identifyRange = (item: ReportEntry | ArchiveItem) => `${identify(item)} ${item.from} ${item.to}`;

it('gives every log group and period exactly one end, over all pages of any world', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld(), fc.array(anyEnd(), { minLength: 1, maxLength: 50 }), async (logGroups, ends) => {
      const world = new World();
      for (const { name, createdDaysAgo, receipts, ...options } of logGroups) {
        world.create(name, { ...options, createdAt: Date.parse(NOW) - createdDaysAgo * DAY_MS });
        for (const period of receipts) {
          world.putReceipt({ logGroupName: name, s3Prefix: defaultS3Prefix(name, ''), period });
        }
      }
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
      expect(report.archived + report.skipped + report.failed).toBe(all.length);
      const notExported = report.items.filter(
        ({ error, storedBytes }) => error !== 'NoOutcome' && storedBytes !== null,
      );
      expect(notExported.filter((entry) => items.some((item) => identify(item) === identify(entry)))).toEqual([]);
      expect(new Set(items.map((item) => `${identifyRange(item)} ${item.attempt}`)).size).toBe(items.length);
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
