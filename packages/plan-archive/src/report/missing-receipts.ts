import { type Period, type ReportEntry, receiptKey, receiptsPrefix } from '@log-archiver/core';
import type { Run } from '../run';

/**
 * The lines of a report, where the parts of a period are FAILED if none of them is, and there is no receipt all the same:
 * the log group was deleted half-way, or the parts do not make the whole.
 */
export async function failPartsWithoutReceipt(items: ReportEntry[], run: Run): Promise<ReportEntry[]> {
  const lacking = new Set<string>();
  for (const period of run.start.periods) {
    for (const logGroupName of await withoutReceipt(period, items, run)) {
      lacking.add(`${period.name} ${logGroupName}`);
    }
  }
  return items.map((item) =>
    item.status === 'ARCHIVED' && lacking.has(`${item.period} ${item.logGroupName}`)
      ? { ...item, status: 'FAILED', error: 'NoReceipt' }
      : item,
  );
}

async function withoutReceipt({ name, from, to }: Period, items: ReportEntry[], run: Run): Promise<string[]> {
  const lines = items.filter(({ period }) => period === name);
  const failed = new Set(lines.filter(({ status }) => status === 'FAILED').map(({ logGroupName }) => logGroupName));
  const parts = lines
    .filter((line) => line.status === 'ARCHIVED' && (line.from > from || line.to < to))
    .filter(({ logGroupName }) => !failed.has(logGroupName));
  const lacking = new Set(parts.map(({ logGroupName }) => logGroupName));
  const receipts = lacking.size > 0 ? await findReceipts(name, run) : new Set();
  const { request, order, start, files } = run;
  const forcedAt = order.force ? request.execution.startedAt : null;
  for (const logGroupName of lacking) {
    const { s3Prefix = '' } = (await files.findLogGroup(logGroupName, start)) ?? {};
    if (receipts.has(receiptKey(request.parameters, { logGroupName, s3Prefix, period: name }, forcedAt))) {
      lacking.delete(logGroupName);
    }
  }
  return [...lacking];
}

/** By listing them: there can be tens of thousands. */
async function findReceipts(period: string, { request, files }: Run): Promise<Set<string>> {
  const receipts = new Set<string>();
  for await (const key of files.objects.keys(receiptsPrefix(request.parameters, period))) {
    receipts.add(key);
  }
  return receipts;
}
