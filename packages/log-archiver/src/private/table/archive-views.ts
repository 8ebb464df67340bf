import { MAX_NAME_CHARACTERS, METADATA_PREFIX } from '../core';

/** A view over the archive. */
export interface ArchiveView {
  readonly name: string;
  readonly description: string;
  /** Types of Athena by column. */
  readonly columns: Record<string, 'varchar' | 'bigint' | 'timestamp'>;
  readonly sql: string;
}

/** Names of the two tables that the views read. */
export const LINES_TABLE = 'archived_lines';
export const RECEIPTS_TABLE = 'receipts';

/**
 * Start of a line that begins an event, as CloudWatch Logs writes it: the time and a blank.
 *
 * A line without it continues the event before. Lambda's own loggers write a tab after the time.
 */
const EVENT_START = '^([0-9]{4}-[01][0-9]-[0-3][0-9]T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z) ';
const TIME_LENGTH = '2026-10-01T00:00:00.000Z'.length;
/** Position of the message in a line that begins an event. */
const MESSAGE_POSITION = TIME_LENGTH + 2;

/** Separator of events in the text of an object. Each mark in a line is escaped, so no line contains a separator. */
const MARK = 'chr(30)';
const [SEPARATOR, ESCAPED_MARK] = [`concat(${MARK}, 'e')`, `concat(${MARK}, 'm')`];

/** Key of an archived object, below its bucket: `<folder of the task>/<log stream>/000000.gz`. */
const TASK_FOLDER = `regexp_extract("$path", '^s3://[^/]+/(.+)/[^/]+/[0-9]+\\.gz$', 1)`;
const LOG_STREAM = `regexp_extract(object, '/([^/]+)/[0-9]+\\.gz$', 1)`;
/** Start of an event, `NULL` in other lines. DuckDB returns an empty string instead of `NULL`. */
const TIME = `nullif(regexp_extract(line, '${EVENT_START}', 1), '')`;

/**
 * Returns the views, in the order in which they refer to each other.
 *
 * Each view has the partition columns, so that a condition on them reaches the tables below it.
 */
export function createViews(sharedColumns: string[]): ArchiveView[] {
  const shared = sharedColumns.join(', ');
  const account = sharedColumns.includes('account') ? '' : 'account, ';
  const partition = `${shared}, s3_prefix`;
  const rest = [...sharedColumns.filter((column) => column !== 'account'), 's3_prefix'].join(', ');
  const join = [...sharedColumns, 's3_prefix', 'folder'].map((column) => `o.${column} = t.${column}`).join(' AND ');
  const partitionTypes = Object.fromEntries([...sharedColumns, 's3_prefix'].map((name) => [name, 'varchar' as const]));
  const logGroupTypes = { account: 'varchar', region: 'varchar', log_group: 'varchar' } as const;
  const select = (alias: string) =>
    [...new Set(['account', 'region', 'log_group', ...sharedColumns, 's3_prefix'])]
      .map((column) => `${alias}.${column}`)
      .join(', ');

  const tasks: ArchiveView = {
    name: 'tasks',
    description: 'Export tasks of the receipts in force. Only their objects belong to the archive.',
    columns: {
      ...logGroupTypes,
      ...partitionTypes,
      task_from: 'varchar',
      task_to: 'varchar',
      task_end: 'varchar',
      objects: 'bigint',
      bytes: 'bigint',
      folder: 'varchar',
      receipt: 'varchar',
    },
    sql: `WITH candidates AS (
  SELECT ${shared}, ${account && 'receipt_account AS account, '}region, loggroupname AS log_group, destinationprefix,
    finishedat, tasks, "$path" AS receipt,
    concat(regexp_extract("$path", '^s3://[^/]+/(.*)${METADATA_PREFIX}/receipts/', 1), replace(period, '-', '/'), '/') AS start
  FROM ${RECEIPTS_TABLE}
  WHERE format = 3 AND cardinality(tasks) > 0
    AND starts_with("$path", concat('s3://', s3bucketname, '/'))
    AND strpos("$path", concat('/${METADATA_PREFIX}/receipts/', receipt_account, '/', region, '/', timezone, '/', period,
      '/', substr(replace(loggroupname, '/', '~'), 1, ${MAX_NAME_CHARACTERS}))) > 0
), ranked AS (
  SELECT *, substr(destinationprefix, length(start) + 1) AS s3_prefix, row_number() OVER (
    PARTITION BY ${shared}, ${account}region, log_group, destinationprefix ORDER BY finishedat DESC, receipt DESC) AS age
  FROM candidates
  WHERE starts_with(destinationprefix, start)
)
SELECT ${select('r')}, r.tasks[i]."from" AS task_from, r.tasks[i]."to" AS task_to,
  CAST(to_iso8601(from_iso8601_timestamp(r.tasks[i]."to") + INTERVAL '0.001' SECOND) AS varchar) AS task_end,
  r.tasks[i].objects AS objects, r.tasks[i].bytes AS bytes, concat(r.destinationprefix, '/', r.tasks[i].taskid) AS folder, r.receipt
FROM ranked r CROSS JOIN UNNEST(sequence(1, cardinality(r.tasks))) AS n (i)
WHERE r.age = 1`,
  };

  const lines: ArchiveView = {
    name: 'lines',
    description: 'Lines of the archive. The first line of an event has its time; a further line has none.',
    columns: {
      ...logGroupTypes,
      ...partitionTypes,
      log_stream: 'varchar',
      time: 'timestamp',
      message: 'varchar',
      object: 'varchar',
    },
    sql: `WITH o AS (
  SELECT ${partition}, "$path" AS object, ${TASK_FOLDER} AS folder, line, ${TIME} AS stamp
  FROM ${LINES_TABLE}
)
SELECT ${select('t')}, ${LOG_STREAM} AS log_stream,
  CASE WHEN stamp BETWEEN task_from AND task_to THEN ${toTimestamp('stamp')} END AS time,
  CASE WHEN stamp BETWEEN task_from AND task_to THEN substr(line, ${MESSAGE_POSITION}) ELSE line END AS message, object
FROM o JOIN tasks t ON ${join}
WHERE stamp IS NULL OR stamp <> task_end`,
  };

  const events: ArchiveView = {
    name: 'events',
    description: 'Events of the archive, each once, with all lines of their messages.',
    columns: lines.columns,
    sql: `WITH o AS (
  SELECT ${partition}, "$path" AS object, ${TASK_FOLDER} AS folder, array_agg(line) AS all_lines
  FROM ${LINES_TABLE}
  GROUP BY ${partition}, "$path"
), joined AS (
  SELECT ${select('t')}, task_from, task_to, object, array_join(transform(all_lines, line -> concat(
    CASE WHEN ${TIME} BETWEEN task_from AND task_end THEN ${SEPARATOR} ELSE chr(10) END,
    replace(line, ${MARK}, ${ESCAPED_MARK}))), '') AS text
  FROM o JOIN tasks t ON ${join}
)
SELECT ${select('j')}, ${LOG_STREAM} AS log_stream, ${toTimestamp(`substr(event, 1, ${TIME_LENGTH})`)} AS time,
  replace(substr(event, ${MESSAGE_POSITION}), ${ESCAPED_MARK}, ${MARK}) AS message, object
FROM joined j CROSS JOIN UNNEST(split(text, ${SEPARATOR})) AS u (event)
WHERE substr(event, 1, ${TIME_LENGTH}) BETWEEN task_from AND task_to`,
  };

  const unread: ArchiveView = {
    name: 'unread_objects',
    description:
      'Export tasks of which Athena reads fewer objects than their receipt counts. Empty: no event is hidden.',
    columns: {
      account: 'varchar',
      log_group: 'varchar',
      ...partitionTypes,
      folder: 'varchar',
      objects: 'bigint',
      objects_read: 'bigint',
    },
    sql: `SELECT ${account && 'max(account) AS '}account, max(log_group) AS log_group, ${rest}, folder,
  CAST(sum(objects) AS bigint) AS objects, CAST(sum(objects_read) AS bigint) AS objects_read
FROM (
  SELECT ${account}${partition}, log_group, folder, objects, 0 AS objects_read
  FROM tasks
  UNION ALL
  SELECT ${account && 'NULL, '}${partition}, NULL, ${TASK_FOLDER}, 0, count(DISTINCT "$path")
  FROM ${LINES_TABLE}
  GROUP BY ${partition}, ${TASK_FOLDER}
) o
GROUP BY ${partition}, folder
HAVING sum(objects) > sum(objects_read)`,
  };

  return [tasks, lines, events, unread];
}

/** Converts a time of the archive. A line that only looks like the start of an event can have an impossible date. */
function toTimestamp(time: string): string {
  return `try(CAST(from_iso8601_timestamp(${time}) AS timestamp))`;
}
