import { type ReportedItem, receiptKey } from '@log-archiver/core';
import type { Run } from './run';

/**
 * The lines of a report, where the parts of a period are FAILED if none of them is, and there is no receipt all the same:
 * the log group was deleted half-way, or the parts do not make the whole.
 */
export async function failPartsWithoutReceipt(items: ReportedItem[], run: Run): Promise<ReportedItem[]> {
  const periods = new Map(run.start.periods.map((period) => [period.name, period]));
  const isPart = ({ period, from, to }: ReportedItem) => {
    const { from: first = from, to: last = to } = periods.get(period) ?? {};
    return from > first || to < last;
  };
  const isArchived = ({ status }: ReportedItem) => status === 'ARCHIVED';
  const parts = new Map(items.filter((item) => isArchived(item) && isPart(item)).map((item) => [placeOf(item), item]));
  for (const { status, ...item } of items) {
    if (status === 'FAILED') {
      parts.delete(placeOf(item));
    }
  }
  for (const [place, part] of parts) {
    if (await hasReceipt(part, run)) {
      parts.delete(place);
    }
  }
  return items.map((item) =>
    isArchived(item) && parts.has(placeOf(item)) ? { ...item, status: 'FAILED', error: 'NoReceipt' } : item,
  );
}

async function hasReceipt({ logGroupName, period }: ReportedItem, { request, order, start, files }: Run) {
  const { s3Prefix = '' } = (await files.findLogGroup(logGroupName, start)) ?? {};
  const forcedAt = order.force ? request.execution.startedAt : null;
  return files.objects.has(receiptKey(request.parameters, { logGroupName, s3Prefix, period }, forcedAt));
}

function placeOf({ logGroupName, period }: Pick<ReportedItem, 'logGroupName' | 'period'>): string {
  return `${period} ${logGroupName}`;
}
