import { ReceiptInvalid, type ReportEntry, receiptName } from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import type { FoundReceipts } from '../receipts/run-receipts';

const { name: RECEIPT_INVALID } = new ReceiptInvalid();
const NO_RECEIPT =
  'everything was exported, but there is no receipt; the exports of the parts do not cover the period, or the receipt ' +
  'was deleted';

/**
 * Corrects the entries of a period by its receipts: what has a receipt is archived, with the losses of that receipt.
 *
 * A child execution can crash after it wrote the receipt, and another run can have written one. In a forced run, a failure
 * remains one: the operator asked for another receipt.
 */
export function applyReceipts(
  entries: readonly ReportEntry[],
  { keys, inForce }: FoundReceipts,
  {
    logGroups,
    force,
    receiptKey,
  }: {
    logGroups: ReadonlyMap<string, FoundLogGroup>;
    force: boolean;
    receiptKey: (logGroup: FoundLogGroup) => string;
  },
): ReportEntry[] {
  const unfinished = new Set(
    entries
      .filter(({ status, error }) => (status === 'FAILED' && error !== RECEIPT_INVALID) || status === 'LOST')
      .map(({ logGroupName }) => logGroupName),
  );
  return entries.map((entry) => {
    const logGroup = logGroups.get(entry.logGroupName);
    const receipt = logGroup && inForce.get(receiptName(logGroup));
    const hasOwn = logGroup !== undefined && keys.has(receiptKey(logGroup));
    switch (entry.status) {
      case 'ARCHIVED':
        // A forced run does not export what has a receipt and would be archived with less.
        if (receipt !== undefined && (hasOwn || entry.taskId === null || !force)) {
          return { ...entry, losses: receipt.losses };
        }
        // If another part failed, no receipt is expected.
        return unfinished.has(entry.logGroupName)
          ? entry
          : { ...entry, status: 'FAILED', error: 'NoReceipt', cause: NO_RECEIPT };
      case 'FAILED':
        // An invalid receipt is reported, although another receipt is valid by now.
        return receipt === undefined || force || entry.error === RECEIPT_INVALID ? entry : archivedBy(receipt, entry);
      case 'LOST':
        return receipt === undefined ? entry : archivedBy(receipt, entry);
      default:
        return entry;
    }
  });
}

function archivedBy({ losses }: Pick<ReportEntry, 'losses'>, entry: ReportEntry): ReportEntry {
  return { ...entry, status: 'ARCHIVED', error: null, cause: null, losses };
}
