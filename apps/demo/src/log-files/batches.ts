import type { LogEvent } from '@log-archiver/local-aws';

/** What one call takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const BYTES_AN_EVENT = 26;
const LONGEST_SPAN = 24 * 3_600_000;

export const MAX_MESSAGE_BYTES = MAX_BYTES - BYTES_AN_EVENT;

/** Events, the oldest first, in the pieces that PutLogEvents takes. */
export function batchesOf(events: LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = [];
  let batch: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + BYTES_AN_EVENT;
    const first = batch[0]?.timestamp ?? event.timestamp;
    const isFull = batch.length === MAX_EVENTS || bytes + size > MAX_BYTES || event.timestamp - first > LONGEST_SPAN;
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
