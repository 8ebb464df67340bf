import type { ArchiveReceipt, ReceiptTask } from '@log-archiver/core';

/** What one task exported: the whole of a period, or a part of it, of which this is kept until all are there. */
export interface ExportedPart extends ReceiptTask {
  /** ISO 8601: when the task was created. */
  createdAt: string;
  evidence: ArchiveReceipt['evidence'];
  /** How many days of the period were gone before the task ended; `null`: none. */
  daysLost: number | null;
  /** The ARN of the execution. */
  execution: string;
}
