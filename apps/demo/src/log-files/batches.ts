import type { LogEvent } from '@log-archiver/local-aws';

/** Limits of one call. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_BATCH_EVENTS = 10_000;
const MAX_BATCH_BYTES = 1_048_576;
const BYTES_PER_EVENT = 26;
const MAX_SPAN_MS = 24 * 3_600_000;

export const MAX_MESSAGE_BYTES = MAX_BATCH_BYTES - BYTES_PER_EVENT;

/** Splits events, oldest first, into batches that PutLogEvents accepts. */
export function splitIntoBatches(events: LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = [];
  let batch: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + BYTES_PER_EVENT;
    const first = batch[0]?.timestamp ?? event.timestamp;
    const isFull =
      batch.length === MAX_BATCH_EVENTS || bytes + size > MAX_BATCH_BYTES || event.timestamp - first > MAX_SPAN_MS;
    if (batch.length === 0 || isFull) {
      batch = [];
      batches.push(batch);
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  return batches;
}
