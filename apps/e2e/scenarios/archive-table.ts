import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type DeployedStack,
  findReferences,
  LocalAws,
  type LocalAwsOptions,
  resolve,
  type ScriptedExport,
  type SynthesizedStack,
} from '@log-archiver/local-aws';
import { Stack, type TimeZone } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ArchiveBucket, ArchiveTable, Granularity, LogArchiver } from 'cdk-log-archiver';
import type { DuckDbCatalog, GlueTable } from '../duckdb-catalog';
import { synthesizeAll } from '../synthesize';

export const LOG_ARCHIVE = '999999999999';
const REGION = 'ap-northeast-1';

/** An event, as an application puts it. */
export interface PutEvent {
  readonly logGroup: string;
  readonly logStream: string;
  /** ISO 8601. */
  readonly time: string;
  readonly message: string;
}

export interface ArchiveProps {
  readonly timeZone?: TimeZone;
  readonly granularity?: Granularity;
  readonly keyPrefix?: string;
}

/** Synthesizes an archiver of log groups with its own bucket, and a table over it. */
export function synthesizeArchive(
  logGroupNames: string[],
  props: ArchiveProps = {},
  account = LOG_ARCHIVE,
): SynthesizedStack {
  const [stack] = synthesizeAll((app) => {
    const archive = new Stack(app, 'Archive', { env: { account, region: REGION } });
    const logGroups = logGroupNames.map((name) => LogGroup.fromLogGroupName(archive, name, name));
    const { bucket } = new LogArchiver(archive, 'Archiver', { ...props, logGroups });
    new ArchiveTable(archive, 'Table', { ...props, bucket });
    return [archive];
  });
  return stack as SynthesizedStack;
}

/**
 * Synthesizes an archive bucket with a table for each time zone, and an archiver of `/app` in each account, in the time
 * zone at the same index.
 */
export function synthesizeSharedArchive(accounts: string[], timeZones: TimeZone[]): SynthesizedStack[] {
  return synthesizeAll((app) => {
    const logArchive = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
    const { bucket } = new ArchiveBucket(logArchive, 'Archive', { sourceAccounts: accounts });
    for (const [index, timeZone] of timeZones.entries()) {
      new ArchiveTable(logArchive, `Table${index}`, { bucket, timeZone });
    }
    const workloads = accounts.map((account, index) => {
      const stack = new Stack(app, `Workload${account}`, { env: { account, region: REGION } });
      const logGroups = [LogGroup.fromLogGroupName(stack, 'App', '/app')];
      new LogArchiver(stack, 'Archiver', { bucket, logGroups, timeZone: timeZones[index] });
      return stack;
    });
    return [logArchive, ...workloads];
  });
}

/** Returns the tables and views of a construct, with the values that a deployment would give them. */
export function readTables(stack: SynthesizedStack, id = 'Table'): GlueTable[] {
  const references = findReferences(stack, { accountId: LOG_ARCHIVE, region: REGION });
  return Object.entries(stack.template.Resources)
    .filter(([logicalId, { Type }]) => Type === 'AWS::Glue::Table' && logicalId.startsWith(`${id}Catalog`))
    .map(([, { Properties }]) => (resolve(Properties, references) as { TableInput: GlueTable }).TableInput);
}

/** An account with an archiver. */
export class ArchivedAccount {
  public readonly stack: DeployedStack;
  private readonly logs: CloudWatchLogsClient;

  public static create(stack: SynthesizedStack, now: string, options: Partial<LocalAwsOptions> = {}): ArchivedAccount {
    return new ArchivedAccount(new LocalAws({ emptyMap: 'FAILS', accountId: LOG_ARCHIVE, ...options, now }), stack);
  }

  constructor(
    public readonly aws: LocalAws,
    stack: SynthesizedStack,
  ) {
    this.stack = aws.deploy(stack);
    this.logs = new CloudWatchLogsClient(aws.clientConfig);
  }

  public async createLogGroups(...names: string[]) {
    for (const logGroupName of names) {
      await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
    }
  }

  public async put(events: PutEvent[]) {
    for (const logGroupName of new Set(events.map(({ logGroup }) => logGroup))) {
      const ofLogGroup = events.filter(({ logGroup }) => logGroup === logGroupName);
      for (const logStreamName of new Set(ofLogGroup.map(({ logStream }) => logStream))) {
        const logEvents = ofLogGroup
          .filter(({ logStream }) => logStream === logStreamName)
          .map(({ time, message }) => ({ timestamp: Date.parse(time), message }));
        await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
        expect(this.aws.logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents })).toEqual(
          expect.not.objectContaining({ rejectedLogEventsInfo: expect.anything() }),
        );
      }
    }
  }

  /** Runs the archiver, and expects that the run succeeds. */
  public async archive(input: object) {
    const result = await this.aws.waitFor(this.stack.stateMachine.startExecution(input));
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
  }

  public get bucketName(): string {
    return String(this.stack.bucketNames[0]);
  }

  public listKeys(prefix = ''): string[] {
    return this.aws.buckets.listObjects(this.bucketName, prefix);
  }
}

/** Returns what a query must find. CloudWatch Logs writes `-` for each `/` in a stream, Athena reads LF for CR and CRLF. */
export function toRows(events: PutEvent[]) {
  return sortRows(
    events.map(({ logGroup, logStream, time, message }) => ({
      log_group: logGroup,
      log_stream: logStream.replaceAll('/', '-'),
      time: time.replace('T', ' ').replace(/\.?0*Z$/, ''),
      message: message.replaceAll(/\r\n?/g, '\n'),
    })),
  );
}

export async function findEvents(catalog: DuckDbCatalog) {
  return sortRows(
    await catalog.query('SELECT log_group, log_stream, CAST(time AS VARCHAR) AS time, message FROM events'),
  );
}

export function sortRows<Row>(rows: Row[]): Row[] {
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** An archiver that archives days. */
export const DAILY = synthesizeArchive(['/app'], { granularity: Granularity.DAILY, keyPrefix: 'team/logs' });
export const DAYS = { year: ['2026'], month: ['10'], day: ['01', '02'], s3_prefix: ['app'] };
export const EVENTS_OF_A_DAY = ['10:59:59.999', '11:00:00.000', '11:30:00.000'].map((time) => ({
  ...{ logGroup: '/app', logStream: 's', time: `2026-10-01T${time}Z`, message: `at ${time}\nline 2` },
}));

/** Archives a day. The first export has the script; the following ones end at once. */
export async function archiveDays(script: ScriptedExport): Promise<ArchivedAccount> {
  const account = ArchivedAccount.create(DAILY, '2026-10-01T12:00:00Z');
  await account.createLogGroups('/app');
  await account.put(EVENTS_OF_A_DAY);
  const atOnce = Array.from({ length: 24 }, (): ScriptedExport => ({ pendingSeconds: 0, runningSeconds: 0 }));
  account.aws.logs.exportTasks.script('/app', script, ...atOnce);
  await account.aws.clock.moveTo('2026-10-03T03:00:00Z');
  await account.archive({ period: '2026-10-01' });
  return account;
}
