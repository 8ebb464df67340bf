import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultS3Prefix } from '@log-archiver/core';
import { LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { type Conditions, DuckDbCatalog, expandPartitions, type GlueTable } from '../duckdb-catalog';
import {
  ArchivedAccount,
  archiveDays,
  DAILY,
  DAYS,
  EVENTS_OF_A_DAY,
  findEvents,
  LOG_ARCHIVE,
  type PutEvent,
  readTables,
  sortRows,
  synthesizeArchive,
  synthesizeSharedArchive,
  toRows,
} from './archive-table';

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
  [
    'quotes',
    '2026-10-31T13:00:00.000Z',
    `a "quoted, text", 'another', a \\N a \t tab, \u0001, \u001e, \u001ee and \u001em`,
  ],
  [
    'times',
    '2026-10-31T13:00:00.000Z',
    'a report\n1999-01-01T00:00:00.000Z before the archive\n2026-10-20T24:60:60.999Z x',
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

const ALL_EVENTS = [...EVENTS, ...OTHER_EVENTS];

describe('the view events', () => {
  it.each(['INCLUSIVE', 'EXCLUSIVE'] as const)(
    'has each event once, with all lines of its message, if AWS takes the end of a range as %s',
    async (rangeEnd) => {
      const catalog = await openCatalog(await archiveEvents(ALL_EVENTS, { rangeEnd }));
      expect(await findEvents(catalog)).toEqual(toRows(ALL_EVENTS));
      expect(await catalog.query('SELECT * FROM unread_objects')).toEqual([]);
    },
  );

  it('has no event of an earlier export, an orphaned or foreign task, or an invalid receipt', async () => {
    const account = await archiveEvents(ALL_EVENTS);
    const { buckets, clock, logs } = account.aws;
    await account.archive({ period: '2026-10', force: true });
    const range = { from: Date.parse('2026-10-01'), to: Date.parse('2026-11-01') };
    for (const destinationPrefix of ['2026/10/app', '2026/10/app/orders', '2026/10']) {
      logs.call('CreateExportTask', {
        logGroupName: APP,
        ...range,
        destination: account.bucketName,
        destinationPrefix,
      });
      await clock.moveTo(clock.now() + 3_600_000);
      logs.exportTasks.describe({});
    }
    const [receipt = ''] = account.listKeys('_log-archiver/receipts/');
    const body = buckets.getObject(account.bucketName, receipt);
    buckets.putObject(account.bucketName, receipt.replace('2026-10/', '2026-11/'), body);
    buckets.putObject(account.bucketName, receipt.replace('.json', '.1.json'), '{ "format": 3,');
    buckets.putObject(account.bucketName, receipt.replace('.json', '.2.json'), '');

    const catalog = await openCatalog(account);
    const rows = await catalog.query<{ count: string }>('SELECT count(DISTINCT "$path") AS count FROM archived_lines');
    expect(Number(rows[0]?.count)).toBeGreaterThan(3 * 13);
    expect(await findEvents(catalog)).toEqual(toRows(ALL_EVENTS));
  });

  it('has an event for a line that looks like one: the format of the archive cannot tell', async () => {
    const time = '2026-10-31T13:00:00.000Z';
    const event = {
      logGroup: APP,
      logStream: 's',
      time,
      message: 'a\n2026-10-31T13:00:00.001Z b\n2026-10-20T29:00:00.000Z c',
    };
    const catalog = await openCatalog(await archiveEvents([event]));
    expect(await findEvents(catalog)).toEqual(
      toRows([
        { ...event, message: 'a' },
        { ...event, time: '2026-10-31T13:00:00.001Z', message: 'b\n2026-10-20T29:00:00.000Z c' },
      ]),
    );
  });
});

describe('the view lines', () => {
  it('has each line once, and the time only in the first line of an event', async () => {
    const events = ALL_EVENTS.filter(({ time }) => time < '2026-10-31T15:00:00.000Z');
    const catalog = await openCatalog(await archiveEvents(events));
    const rows = await catalog.query('SELECT log_group, log_stream, CAST(time AS VARCHAR) AS time, message FROM lines');
    const lines = toRows(events).flatMap(({ message, ...event }) =>
      message.split('\n').map((line, index) => ({ ...event, time: index === 0 ? event.time : null, message: line })),
    );
    expect(sortRows(rows)).toEqual(sortRows(lines));
  });
});

describe('the view unread_objects', () => {
  it('has the tasks with log streams that Athena hides', async () => {
    const [first, second, third] = ['visible', '_hidden', '.hidden/too'].map((logStream) => ({
      ...(EVENTS[0] as PutEvent),
      logStream,
    })) as [PutEvent, PutEvent, PutEvent];
    const catalog = await openCatalog(await archiveEvents([first, second, third]));
    expect(await findEvents(catalog)).toEqual(toRows([first]));
    expect(await catalog.query('SELECT s3_prefix, objects, objects_read FROM unread_objects')).toEqual([
      { s3_prefix: 'app', objects: '3', objects_read: '1' },
    ]);
  });
});

describe('an archive of days', () => {
  it('has each event once', async () => {
    const catalog = await openCatalog(await archiveDays({}), readTables(DAILY), DAYS);
    expect(await findEvents(catalog)).toEqual(toRows(EVENTS_OF_A_DAY));
  });
});

describe('an archive bucket', () => {
  const ACCOUNTS = ['111111111111', '222222222222'];
  const ZONES = [TimeZone.ASIA_TOKYO, TimeZone.ETC_UTC];
  const [logArchive, ...workloads] = synthesizeSharedArchive(ACCOUNTS, ZONES) as [
    SynthesizedStack,
    ...SynthesizedStack[],
  ];
  const conditions = { year: ['2026'], month: ['10', '11'], s3_prefix: ['app'] };
  /** Archives October in two accounts, each in its own time zone. */
  async function archiveAccounts() {
    const owner = new LocalAws({ now: '2026-10-31T14:00:00Z', accountId: LOG_ARCHIVE, emptyMap: 'FAILS' });
    const { bucketNames } = owner.deploy(logArchive);
    const events = ['2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z'].map((time) => ({
      ...{ logGroup: APP, logStream: 's', time, message: 'an event' },
    }));
    const accounts = workloads.map(
      (stack, index) => new ArchivedAccount(owner.inAccount(ACCOUNTS[index] ?? ''), stack),
    );
    for (const account of accounts) {
      await account.createLogGroups(APP);
      await account.put(events);
    }
    await owner.clock.moveTo('2026-12-02T03:00:00Z');
    for (const account of accounts) {
      await account.archive({ period: '2026-10' });
    }
    return { owner, events, bucketName: String(bucketNames[0]) };
  }

  it('has a table for each time zone, with the months of that zone', async () => {
    const { owner, events } = await archiveAccounts();
    const found: unknown[] = [];
    for (const index of ZONES.keys()) {
      const catalog = await DuckDbCatalog.open(readTables(logArchive, `Table${index}`), owner.buckets, conditions);
      catalogs.push(catalog);
      found.push(await catalog.query('SELECT account, month, count(*) AS events FROM events GROUP BY account, month'));
    }
    expect(found).toEqual([
      [{ account: '111111111111', month: '10', events: '1' }],
      [{ account: '222222222222', month: '10', events: String(events.length) }],
    ]);
  });

  it('has exactly the folders that the partitions have, and their receipts', async () => {
    const { owner, bucketName } = await archiveAccounts();
    const keys = owner.buckets.listObjects(bucketName);
    const list = (name: string, ofZone: Conditions) =>
      ZONES.flatMap((_, index) => {
        const table = readTables(logArchive, `Table${index}`).find(({ Name }) => Name === name);
        const locations = expandPartitions(table as GlueTable, ofZone).map(({ location }) => location);
        return locations.map((location) => location.replace(`s3://${bucketName}/`, ''));
      }).filter((folder) => keys.some((key) => key.startsWith(folder)));

    const objects = keys.filter((key) => key.endsWith('.gz'));
    expect([...new Set(list('archived_lines', { s3_prefix: ['app'] }))]).toEqual([
      ...new Set(objects.map((key) => key.split('/').slice(0, -3).concat('').join('/'))),
    ]);
    const receipts = keys.filter((key) => key.includes('/receipts/'));
    expect(list('receipts', {})).toEqual(receipts.map((key) => key.slice(0, key.lastIndexOf('/') + 1)));
    expect(receipts).toHaveLength(2);
  });
});

describe('docs/athena.md', () => {
  it('leads from a question to the answer', async () => {
    const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'athena.md'), 'utf8');
    const queries = [...text.matchAll(/^ *```sql\n(.*?)^ *```$/gms)].map(([, sql]) => String(sql));
    const accountId = '111111111111';
    const stack = synthesizeArchive(['/aws/lambda/checkout'], { timeZone: TimeZone.ASIA_TOKYO }, accountId);
    const account = ArchivedAccount.create(stack, '2026-03-14T03:00:00Z', { accountId });
    await account.createLogGroups('/aws/lambda/checkout');
    await account.put(
      [
        ['2026-03-13T14:59:59.999Z', 'ERROR of 13 March'],
        ['2026-03-13T15:00:00.000Z', 'no problem'],
        ['2026-03-14T02:00:00.000Z', 'ERROR\n  at pay (checkout.js:14)'],
      ].map(([time = '', message = '']) => ({ logGroup: '/aws/lambda/checkout', logStream: 's', time, message })),
    );
    await account.aws.clock.moveTo('2026-04-02T03:00:00Z');
    await account.archive({ period: '2026-03' });
    const conditions = { year: ['2026'], month: ['03'], s3_prefix: ['aws/lambda/checkout'] };
    const catalog = await openCatalog(account, readTables(stack), conditions);

    const answers: unknown[][] = [];
    for (const sql of queries) {
      answers.push(await catalog.query(sql));
    }
    const object = expect.stringMatching(/^s3:.*\/2026\/03\/aws\/lambda\/checkout\/[0-9a-f-]{36}\/s\/000000\.gz$/);
    expect(answers).toEqual([
      [{ log_group: '/aws/lambda/checkout', s3_prefix: 'aws/lambda/checkout', bytes: expect.any(String) }],
      [{ time: '2026-03-14 02:00:00', log_stream: 's', message: 'ERROR\n  at pay (checkout.js:14)', object }],
      [{ time: null, log_stream: 's', message: '  at pay (checkout.js:14)', object }],
      [],
    ]);
  });
});
