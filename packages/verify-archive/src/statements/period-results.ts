import type { Finding } from '@log-archiver/core';
import type { BatchResults } from '../run-files';

/** Maximum number of findings in a statement. */
export const MAX_FIRST_FINDINGS = 100;

/** Results of all batches of a period. */
export interface PeriodResults extends Pick<BatchResults, 'receipts' | 'expired' | 'objects' | 'bytes'> {
  /** Number of objects that are not receipts. */
  invalid: number;
  /** Number of findings. */
  findings: number;
  /** First findings, by the key of their receipt. */
  first: Finding[];
}

/** Adds the results of a batch. The batches can be read in any order. */
export function addResults(sum: PeriodResults, { receipts, expired, objects, bytes, findings }: BatchResults): void {
  sum.receipts += receipts;
  sum.expired += expired;
  sum.objects += objects;
  sum.bytes += bytes;
  sum.findings += findings.length;
  sum.invalid += findings.filter(({ type }) => type === 'ReceiptInvalid').length;
  sum.first = [...sum.first, ...findings].sort(compareFindings).slice(0, MAX_FIRST_FINDINGS);
}

function compareFindings(one: Finding, other: Finding): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}
