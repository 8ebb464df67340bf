import { AwsError } from '../../protocol/aws-error';
import { countEventBytes, type LogEvent, retentionStart } from './log-group';
import type { LogGroups } from './log-groups';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX_BATCH_BYTES = 1_048_576;

interface PutLogEventsInput {
  logGroupName: string;
  logStreamName: string;
  logEvents: LogEvent[];
}

/** Takes the log events in, within the limits of PutLogEvents. */
export class LogEvents {
  private count = 0;

  constructor(
    private readonly logGroups: LogGroups,
    private readonly now: () => number,
  ) {}

  /** Keeps the events that are neither too old, too new nor past the retention, and says which are not kept. */
  public put({ logGroupName, logStreamName, logEvents }: PutLogEventsInput) {
    const logGroup = this.logGroups.get(logGroupName);
    const { events } = this.logGroups.getStream(logGroup, logStreamName);
    const now = this.now();
    const isTooOld = ({ timestamp }: LogEvent) => timestamp < now - 14 * DAY;
    const isTooNew = ({ timestamp }: LogEvent) => timestamp > now + 2 * HOUR;
    const isExpired = (event: LogEvent) => !isTooOld(event) && event.timestamp < retentionStart(logGroup, now);
    validateBatch(logEvents, (event) => !isTooOld(event) && !isTooNew(event));
    for (const event of logEvents) {
      if (!isTooOld(event) && !isTooNew(event) && !isExpired(event)) {
        this.count += 1;
        events.push({ timestamp: event.timestamp, message: event.message, ingestionTime: now, number: this.count });
      }
    }
    const rejected = {
      tooOldLogEventEndIndex: endIndex(logEvents, isTooOld),
      tooNewLogEventStartIndex: startIndex(logEvents, isTooNew),
      expiredLogEventEndIndex: endIndex(logEvents, isExpired),
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
  if ((inTime.at(-1)?.timestamp ?? 0) - (inTime[0]?.timestamp ?? 0) > DAY) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

function invalid(message: string) {
  return new AwsError('InvalidParameterException', message);
}

/** Inclusive. */
function startIndex(logEvents: LogEvent[], isRejected: (event: LogEvent) => boolean): number | undefined {
  const index = logEvents.findIndex(isRejected);
  return index === -1 ? undefined : index;
}

/** Exclusive. */
function endIndex(logEvents: LogEvent[], isRejected: (event: LogEvent) => boolean): number | undefined {
  const index = logEvents.findLastIndex(isRejected);
  return index === -1 ? undefined : index + 1;
}
