import { AwsError } from '../../protocol/aws-error';
import { countEventBytes, type LogEvent } from './log-group';
import type { LogGroups } from './log-groups';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_BATCH_BYTES = 1_048_576;

interface PutLogEventsInput {
  logGroupName: string;
  logStreamName: string;
  logEvents: LogEvent[];
}

/** Implements PutLogEvents with its limits. */
export class LogEvents {
  private count = 0;

  constructor(
    private readonly logGroups: LogGroups,
    private readonly now: () => number,
  ) {}

  /** Stores the events that are neither too old, too new nor expired, and returns which ones were rejected. */
  public put({ logGroupName, logStreamName, logEvents }: PutLogEventsInput) {
    const logGroup = this.logGroups.get(logGroupName);
    const { events } = this.logGroups.getStream(logGroup, logStreamName);
    const now = this.now();
    const isTooOld = ({ timestamp }: LogEvent) => timestamp < now - 14 * DAY_MS;
    const isTooNew = ({ timestamp }: LogEvent) => timestamp > now + 2 * HOUR_MS;
    const retentionStart = this.logGroups.accountRetention.computeStart(logGroup, now);
    const isExpired = (event: LogEvent) => !isTooOld(event) && event.timestamp < retentionStart;
    validateBatch(logEvents, (event) => !isTooOld(event) && !isTooNew(event));
    for (const event of logEvents) {
      if (!isTooOld(event) && !isTooNew(event) && !isExpired(event)) {
        this.count += 1;
        events.push({ timestamp: event.timestamp, message: event.message, ingestionTime: now, number: this.count });
      }
    }
    const rejected = {
      tooOldLogEventEndIndex: findEndIndex(logEvents, isTooOld),
      tooNewLogEventStartIndex: findStartIndex(logEvents, isTooNew),
      expiredLogEventEndIndex: findEndIndex(logEvents, isExpired),
    };
    const isAnyRejected = Object.values(rejected).some((index) => index !== undefined);
    return {
      nextSequenceToken: String(this.count).padStart(56, '0'),
      ...(isAnyRejected ? { rejectedLogEventsInfo: rejected } : {}),
    };
  }
}

function validateBatch(logEvents: LogEvent[], isInTime: (event: LogEvent) => boolean) {
  const size = logEvents.reduce((sum, event) => sum + countEventBytes(event), 0);
  if (size > MAX_BATCH_BYTES) {
    throw invalid(`Upload too large: ${size} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  if (logEvents.some(({ timestamp }, index) => timestamp < (logEvents[index - 1]?.timestamp ?? 0))) {
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  }
  const inTime = logEvents.filter(isInTime);
  if ((inTime.at(-1)?.timestamp ?? 0) - (inTime[0]?.timestamp ?? 0) > DAY_MS) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

function invalid(message: string) {
  return new AwsError('InvalidParameterException', message);
}

/** Returns the index of the first rejected event (inclusive). */
function findStartIndex(logEvents: LogEvent[], isRejected: (event: LogEvent) => boolean): number | undefined {
  const index = logEvents.findIndex(isRejected);
  return index === -1 ? undefined : index;
}

/** Returns the index after the last rejected event (exclusive). */
function findEndIndex(logEvents: LogEvent[], isRejected: (event: LogEvent) => boolean): number | undefined {
  const index = logEvents.findLastIndex(isRejected);
  return index === -1 ? undefined : index + 1;
}
