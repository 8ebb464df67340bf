import { AwsError } from '../../protocol/aws-error';
import { isInRange, type RangeEnd } from '../range-end';
import { parseFilterPattern } from './filter-pattern';
import { countEventBytes, type LogGroup, type StoredEvent } from './log-group';
import type { LogGroupReference, LogGroups } from './log-groups';
import { invalidToken, type NextTokens, type PagedQuery } from './next-tokens';

interface TimeRange {
  startTime?: number;
  endTime?: number;
}

interface GetLogEventsInput extends LogGroupReference, TimeRange, PagedQuery {
  logStreamName: string;
  startFromHead?: boolean;
}

interface FilterLogEventsInput extends LogGroupReference, TimeRange, PagedQuery {
  logStreamNames?: string[];
  logStreamNamePrefix?: string;
  filterPattern?: string;
  startFromHead?: boolean;
}

const LARGEST_PAGE = { events: 10_000, bytes: 1_048_576 };
const NEWEST_FIRST_SINCE_MS = Date.parse('2024-01-01T00:00:00Z');

/** Implements GetLogEvents and FilterLogEvents. */
export class LogEventReader {
  constructor(
    private readonly logGroups: LogGroups,
    private readonly nextTokens: NextTokens,
    private readonly rangeEnd: RangeEnd,
  ) {}

  /** Reads a page of a log stream. A token is a position, with the direction from there: forward (`f/`) or backward (`b/`). */
  public get({ nextToken, limit, startFromHead = false, ...query }: GetLogEventsInput) {
    const logGroup = this.getReadable(query, 'GetLogEvents');
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = query;
    const events = this.logGroups
      .readEvents(logGroup, this.logGroups.getStream(logGroup, query.logStreamName))
      .filter(({ timestamp }) => startTime <= timestamp && timestamp < endTime)
      .sort(byTime);
    const forward = nextToken === undefined ? startFromHead : nextToken.startsWith('f/');
    const position = nextToken === undefined ? (forward ? START : END) : this.readPosition(query, nextToken);
    const page = forward
      ? takePage(
          events.filter((event) => compare(locate(event), position) > 0),
          limit,
        )
      : takePage(events.filter((event) => compare(locate(event), position) < 0).reverse(), limit).reverse();
    const [first, last] = [page[0], page.at(-1)];
    const formatToken = (direction: 'f' | 'b', at: EventPosition) =>
      page.length === 0 && nextToken?.startsWith(direction)
        ? nextToken
        : `${direction}/${this.nextTokens.issue(query, JSON.stringify(at))}`;
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: formatToken('f', last ? locate(last) : nextToken === undefined ? START : position),
      nextBackwardToken: formatToken(
        'b',
        first ? [first.timestamp, first.number] : nextToken === undefined ? START : position,
      ),
    };
  }

  public filter({ nextToken, limit, startFromHead, ...query }: FilterLogEventsInput) {
    const logGroup = this.getReadable(query, 'FilterLogEvents');
    const { logStreamNames, logStreamNamePrefix = '', startTime = 0, endTime = Number.POSITIVE_INFINITY } = query;
    if (logStreamNames && query.logStreamNamePrefix !== undefined) {
      throw invalid('LogStreamNames and LogStreamNamePrefix are mutually exclusive parameters.');
    }
    if (startFromHead === false && startTime < NEWEST_FIRST_SINCE_MS) {
      throw invalid('startFromHead can be false only when startTime is on or after 2024-01-01T00:00:00Z.');
    }
    const [oldestFirst, last] = nextToken
      ? (JSON.parse(this.nextTokens.read(query, nextToken)) as [boolean, EventPosition])
      : [startFromHead ?? true, undefined];
    const matches = parseFilterPattern(query.filterPattern ?? '');
    const direction = oldestFirst ? 1 : -1;
    const found = [...logGroup.logStreams.values()]
      .filter(({ logStreamName }) => (logStreamNames ?? [logStreamName]).includes(logStreamName))
      .filter(({ logStreamName }) => logStreamName.startsWith(logStreamNamePrefix))
      .flatMap((logStream) =>
        this.logGroups
          .readEvents(logGroup, logStream)
          .map((event) => ({ ...event, logStreamName: logStream.logStreamName })),
      )
      .filter(({ timestamp, message }) => isInRange(timestamp, startTime, endTime, this.rangeEnd) && matches(message))
      .sort((a, b) => byTime(a, b) * direction)
      .filter((event) => last === undefined || compare(locate(event), last) * direction > 0);
    const page = takePage(found, limit);
    const end = page.at(-1);
    return {
      events: page.map(({ number, ...event }) => ({ ...event, eventId: String(number).padStart(56, '0') })),
      searchedLogStreams: [],
      ...(end && page.length < found.length
        ? { nextToken: this.nextTokens.issue(query, JSON.stringify([oldestFirst, locate(end)])) }
        : {}),
    };
  }

  private readPosition(query: object, nextToken: string): EventPosition {
    if (!/^[fb]\//.test(nextToken)) {
      throw invalidToken();
    }
    return JSON.parse(this.nextTokens.read(query, nextToken.slice(2)));
  }

  private getReadable(reference: LogGroupReference, operation: string): LogGroup {
    const logGroup = this.logGroups.getReferenced(reference);
    if (logGroup.logGroupClass !== 'STANDARD') {
      throw invalid(`${operation} is not supported for log groups of class ${logGroup.logGroupClass}.`);
    }
    return logGroup;
  }
}

/** Position of an event among all: its time, and its number to order events of the same time. */
type EventPosition = [timestamp: number, number: number];

const START: EventPosition = [-1, 0];
const END: EventPosition = [Number.MAX_SAFE_INTEGER, 0];

const locate = ({ timestamp, number }: StoredEvent): EventPosition => [timestamp, number];
const compare = (a: EventPosition, b: EventPosition) => a[0] - b[0] || a[1] - b[1];
const byTime = (a: StoredEvent, b: StoredEvent) => compare(locate(a), locate(b));

/** Returns the first events, up to the size of one answer. */
function takePage<Event extends StoredEvent>(events: Event[], limit = LARGEST_PAGE.events): Event[] {
  let bytes = 0;
  const tooMany = events.findIndex((event) => {
    bytes += countEventBytes(event);
    return bytes > LARGEST_PAGE.bytes;
  });
  return events.slice(0, Math.min(limit, tooMany === -1 ? limit : Math.max(tooMany, 1)));
}

function invalid(message: string) {
  return new AwsError('InvalidParameterException', message);
}
