import { AwsError } from '../../protocol/aws-error';
import type { StoredEvent } from '../stores/log-group';

/** A field of a result, as GetQueryResults returns it. */
export interface ResultField {
  readonly field: string;
  readonly value: string;
}

/** A parsed query. */
export interface QueryProgram {
  /** Whether an event matches the filter. */
  matches(event: StoredEvent): boolean;
  /** Computes the rows of a result from the matching events in the range, oldest first. */
  computeRows(events: readonly StoredEvent[]): ResultField[][];
}

const FILTER = /^filter\s+toMillis\(@timestamp\)\s*>=\s*(\d+)\s+and\s+toMillis\(@timestamp\)\s*<=\s*(\d+)\s*\|\s*/i;
const COUNT = /^stats\s+count\(\*\)\s+as\s+(\w+)$/i;
const TIMESTAMPS = /^fields\s+@timestamp\s*\|\s*limit\s+(\d+)$/i;

/** Parses a query string. Throws for any query except those that are supported. */
export function parseQueryString(queryString: string): QueryProgram {
  const text = queryString.trim();
  const [filter = '', from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY] = FILTER.exec(text) ?? [];
  const computeRows = parseResult(text.slice(filter.length));
  if (computeRows === undefined) {
    throw new AwsError(
      'MalformedQueryException',
      `local-aws supports only the queries "stats count(*) as events" and "fields @timestamp | limit 1", also after "filter toMillis(@timestamp) >= 0 and toMillis(@timestamp) <= 1 | ", got ${JSON.stringify(queryString)}`,
    );
  }
  return { matches: ({ timestamp }) => Number(from) <= timestamp && timestamp <= Number(to), computeRows };
}

/** Parses the part of a query string after the filter. Returns undefined if it is not supported. */
function parseResult(text: string): QueryProgram['computeRows'] | undefined {
  const [, alias] = COUNT.exec(text) ?? [];
  if (alias !== undefined) {
    // Without events, there is no group to count, and so no row.
    return (events) => (events.length === 0 ? [] : [[{ field: alias, value: String(events.length) }]]);
  }
  const [, limit] = TIMESTAMPS.exec(text) ?? [];
  return limit === undefined ? undefined : (events) => events.toReversed().slice(0, Number(limit)).map(describeEvent);
}

function describeEvent({ timestamp, number }: StoredEvent): ResultField[] {
  return [
    { field: '@timestamp', value: new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '') },
    { field: '@ptr', value: Buffer.from(String(number)).toString('base64') },
  ];
}
