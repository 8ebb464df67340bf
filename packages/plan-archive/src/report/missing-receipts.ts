import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Period, ReportEntry } from '@log-archiver/core';
import type { RunStore, StartedRun } from '../run-store';

/**
 * Returns the entries with status `FAILED` for the archived parts of a period that has no receipt.
 *
 * No part failed, and still there is no receipt: the log group was deleted between two parts, or the parts do not cover
 * the period. If a part failed, no receipt is expected.
 */
export async function failMissingReceipts(
  entries: ReportEntry[],
  { run, force, archive, store }: { run: StartedRun; force: boolean; archive: ArchiveStore; store: RunStore },
): Promise<ReportEntry[]> {
  const missing = new Set<string>();
  for (const period of run.periods) {
    const logGroups = [];
    for (const logGroupName of findCompleteSplits(period, entries)) {
      const { s3Prefix = '' } = (await store.findLogGroup(logGroupName, run)) ?? {};
      logGroups.push({ logGroupName, s3Prefix });
    }
    for (const { logGroupName } of await archive.findWithoutReceipt(period.name, logGroups, force)) {
      missing.add(`${period.name} ${logGroupName}`);
    }
  }
  return entries.map((entry) =>
    entry.status === 'ARCHIVED' && missing.has(`${entry.period} ${entry.logGroupName}`)
      ? { ...entry, status: 'FAILED', error: 'NoReceipt' }
      : entry,
  );
}

/** Returns the log groups whose period was exported in parts, of which none failed. */
function findCompleteSplits({ name, from, to }: Period, entries: readonly ReportEntry[]): Set<string> {
  const ofPeriod = entries.filter(({ period }) => period === name);
  const failed = new Set(ofPeriod.filter(({ status }) => status === 'FAILED').map(({ logGroupName }) => logGroupName));
  const parts = ofPeriod
    .filter((entry) => entry.status === 'ARCHIVED' && (entry.from > from || entry.to < to))
    .filter(({ logGroupName }) => !failed.has(logGroupName));
  return new Set(parts.map(({ logGroupName }) => logGroupName));
}
