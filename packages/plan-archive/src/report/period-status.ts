import {
  type ArchiveReport,
  mergeParts,
  type PeriodLoss,
  type PeriodStatus,
  type ReportEntry,
  receiptName,
  type SkipReason,
} from '@log-archiver/core';
import type { ReceiptProperties } from '../archiver-store';
import { groupBy } from '../group-by';
import type { FoundLogGroup } from '../log-group';
import type { FoundReceipts } from '../receipts/run-receipts';
import { MAX_FIRST_ENTRIES } from './report';

/**
 * Creates the status of a period: what is true of it, regardless of which run did the work.
 *
 * A log group with a receipt is archived, even if the selection no longer has it.
 */
export function createPeriodStatus(
  period: string,
  {
    entries,
    receipts,
    logGroups,
    losses,
  }: {
    entries: readonly ReportEntry[];
    receipts: FoundReceipts;
    logGroups: ReadonlyMap<string, FoundLogGroup>;
    losses: PeriodLoss[];
  },
  { finishedAt, execution }: Pick<ArchiveReport, 'finishedAt' | 'execution'>,
  reportKey: string,
): PeriodStatus {
  const inForce = selectInForce(receipts, logGroups);
  const archived = new Set(inForce.map(({ logGroupName }) => logGroupName));
  // Only a forced run can fail to archive what has a receipt.
  const others = mergeParts(entries).filter(({ logGroupName }) => !archived.has(logGroupName));
  const byStatus = groupBy(others, ({ status }) => status);
  const failures = byStatus.get('FAILED') ?? [];
  const lost = byStatus.get('LOST')?.length ?? 0;
  const skipped = groupBy(byStatus.get('SKIPPED') ?? [], ({ error }) => error as SkipReason);
  const isEmpty = archived.size + lost + losses.length === 0 && [...skipped.keys()].every(isNotFound);
  const status =
    failures.length > 0
      ? 'INCOMPLETE'
      : isEmpty
        ? 'EMPTY'
        : lost + losses.length > 0
          ? 'COMPLETE_WITH_LOSS'
          : 'COMPLETE';
  return {
    format: 2,
    period,
    status,
    complete: status === 'COMPLETE',
    archived: archived.size,
    skipped: Object.fromEntries([...skipped].map(([reason, ofReason]) => [reason, ofReason.length])),
    failed: failures.length,
    lost,
    objects: inForce.reduce((sum, { objects }) => sum + objects, 0),
    bytes: inForce.reduce((sum, { bytes }) => sum + bytes, 0),
    losses,
    failures: failures.slice(0, MAX_FIRST_ENTRIES),
    warnings: [],
    asOf: finishedAt,
    execution,
    reportKey,
  };
}

/** Selects one receipt for each log group: if the `s3Prefix` of a log group changed, the one of today's prefix. */
function selectInForce({ inForce }: FoundReceipts, logGroups: ReadonlyMap<string, FoundLogGroup>): ReceiptProperties[] {
  return [...inForce]
    .filter(([name, { logGroupName }]) => {
      const logGroup = logGroups.get(logGroupName);
      return logGroup === undefined || receiptName(logGroup) === name;
    })
    .map(([, receipt]) => receipt);
}

function isNotFound(reason: SkipReason): boolean {
  return reason === 'LogGroupNotFound';
}
