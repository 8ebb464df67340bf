import { defaultS3Prefix } from '@log-archiver/core';
import { TimeZone } from 'aws-cdk-lib';
import { type Conditions, DuckDbCatalog } from '../duckdb-catalog';
import { ArchivedAccount, type PutEvent, readTables, synthesizeArchive } from './archive-table';

const APP = '/app';
/** Its folder is below that of `/app`. */
const ORDERS = '/app/orders';
const EMPTY = '/app/empty';
/** Its `s3Prefix` ends with a hash. */
const NO_SLASH = 'no-slash';
const MONTHS: Conditions = {
  year: ['2026'],
  month: ['10', '11'],
  s3_prefix: ['app', 'app/orders', defaultS3Prefix(NO_SLASH, '')],
};

const EVENTS: PutEvent[] = [
  ['first millisecond that can be put', '2026-10-20T00:00:00.000Z', 'a'],
  ['last millisecond of October in Tokyo', '2026-10-31T14:59:59.999Z', 'b'],
  ['first millisecond of November in Tokyo', '2026-10-31T15:00:00.000Z', 'c\nwith a second line'],
  ['same time', '2026-10-31T13:00:00.000Z', 'one'],
  ['same time', '2026-10-31T13:00:00.000Z', 'one'],
  ['stack/trace', '2026-10-31T13:00:00.001Z', 'Error: no stock\n    at reserve (stock.js:3)\n\n  Caused by: timeout'],
  ['stack/trace', '2026-10-31T13:00:00.002Z', 'next event'],
  ['blanks', '2026-10-31T13:00:00.000Z', ' '],
  ['blanks', '2026-10-31T13:00:00.001Z', '\n'],
  ['blanks', '2026-10-31T13:00:00.002Z', '\n\nends with line feeds\n\n'],
  ['line ends', '2026-10-31T13:00:00.000Z', 'one\r\ntwo\rthree'],
  ['line ends', '2026-10-31T13:00:00.001Z', 'separators \u2028 and \u0085 are no line ends for Athena'],
  ['quotes', '2026-10-31T13:00:00.000Z', `a "quoted, text", 'another', a \\N and a \t tab \u0001`],
  [
    'times',
    '2026-10-31T13:00:00.000Z',
    'a report\n1999-01-01T00:00:00.000Z before the archive\n2026-99-99T99:99:99.999Z x',
  ],
  ['times', '2026-10-31T13:00:00.001Z', '2026-10-31T13:00:00.001Z\tlike a line of Lambda'],
  ['2026/10/31/[$LATEST]0123456789abcdef', '2026-10-31T13:00:00.000Z', 'a stream of Lambda'],
  ["unusual ?#%2F&+=@;,()!~{}'", '2026-10-31T13:00:00.000Z', 'a stream with unusual characters'],
  ['日本語 ログ', '2026-10-31T13:00:00.000Z', 'メッセージ 🙂'],
  ['aws-logs-write-test', '2026-10-31T13:00:00.000Z', 'a stream with the name of a write test'],
].map(([logStream = '', time = '', message = '']) => ({ logGroup: APP, logStream, time, message }));
const OTHER_EVENTS: PutEvent[] = [
  { logGroup: ORDERS, logStream: 's', time: '2026-10-31T13:00:00.000Z', message: 'an order' },
  { logGroup: NO_SLASH, logStream: 's', time: '2026-10-31T13:00:00.000Z', message: 'another' },
];

const ARCHIVE = synthesizeArchive([APP, ORDERS, NO_SLASH, EMPTY], { timeZone: TimeZone.ASIA_TOKYO });
const catalogs: DuckDbCatalog[] = [];

afterEach(() => {
  for (const catalog of catalogs.splice(0)) {
    catalog.close();
  }
});

async function openCatalog(account: ArchivedAccount, tables = readTables(ARCHIVE), conditions = MONTHS) {
  const catalog = await DuckDbCatalog.open(tables, account.aws.buckets, conditions);
  catalogs.push(catalog);
  return catalog;
}

/** Archives October and November in Tokyo. */
async function archiveEvents(events: PutEvent[], options: Parameters<typeof ArchivedAccount.create>[2] = {}) {
  const account = ArchivedAccount.create(ARCHIVE, '2026-10-31T14:00:00Z', options);
  await account.createLogGroups(APP, ORDERS, NO_SLASH, EMPTY);
  await account.put(events);
  await account.aws.clock.moveTo('2026-12-02T03:00:00Z');
  await account.archive({ period: '2026-10/2026-11' });
  return account;
}

/** Returns what a query must find. CloudWatch Logs writes `-` for each `/` in a stream, Athena reads LF for CR and CRLF. */
function expectEvents(events: PutEvent[]) {
  return sortRows(
    events.map(({ logGroup, logStream, time, message }) => ({
      log_group: logGroup,
      log_stream: logStream.replaceAll('/', '-'),
      time: time.replace('T', ' ').replace(/\.?0*Z$/, ''),
      message: message.replaceAll(/\r\n?/g, '\n'),
    })),
  );
}

async function findEvents(catalog: DuckDbCatalog) {
  return sortRows(
    await catalog.query('SELECT log_group, log_stream, CAST(time AS VARCHAR) AS time, message FROM events'),
  );
}

function sortRows<Row>(rows: Row[]): Row[] {
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('events', () => {
  it.each(['INCLUSIVE', 'EXCLUSIVE'] as const)(
    'are found once with their whole messages, if AWS takes `to` as %s',
    async (rangeEnd) => {
      const account = await archiveEvents([...EVENTS, ...OTHER_EVENTS], { rangeEnd });
      const catalog = await openCatalog(account);
      expect(await findEvents(catalog)).toEqual(expectEvents([...EVENTS, ...OTHER_EVENTS]));
      expect(await catalog.query('SELECT * FROM unread_objects')).toEqual([]);
    },
  );
});
