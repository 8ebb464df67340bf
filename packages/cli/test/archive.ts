import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeExportTasksCommand,
  DescribeLogGroupsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  type ArchiveReceipt,
  countObject,
  destinationPrefix,
  NO_OBJECTS,
  type PeriodStatus,
  parsePeriod,
  periodStatusKey,
  type Range,
  type ReceiptTask,
  receiptKey,
  toIsoTime,
} from '@log-archiver/core';
import { LocalAws, type LocalAwsOptions } from '@log-archiver/local-aws';

export const BUCKET = 'archive';
export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';
/** The instant at which a test starts. */
export const NOW = '2026-10-01T00:00:00.000Z';

export interface PutEvent {
  stream: string;
  timestamp: string;
  message: string;
}

export interface ArchivedPeriod {
  logGroupName?: string;
  period: string;
  timeZone?: string;
  keyPrefix?: string;
  s3Prefix?: string;
  /** Whether a forced run writes the receipt. */
  force?: boolean;
  /** Ranges of the export tasks. @default - the period */
  ranges?: Range[];
  changes?: Partial<ArchiveReceipt>;
}

/** An archive bucket, and log groups whose exports fill it as an archiver would. */
export class TestArchive {
  public readonly aws: LocalAws;
  private readonly logs: CloudWatchLogsClient;
  private readonly streams = new Set<string>();

  constructor(options: Partial<LocalAwsOptions> = {}) {
    this.aws = new LocalAws({ now: NOW, accountId: ACCOUNT, region: REGION, ...options });
    this.aws.buckets.createBucket(BUCKET);
    this.logs = new CloudWatchLogsClient(this.aws.clientConfig);
  }

  public async createLogGroup(logGroupName = '/app/web') {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }

  public async recreateLogGroup(logGroupName = '/app/web') {
    await this.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    this.streams.clear();
    await this.createLogGroup(logGroupName);
  }

  /** Puts events in order. CloudWatch Logs accepts none that is far in the future, so time passes. */
  public async putEvents(events: readonly PutEvent[], logGroupName = '/app/web') {
    const batches = new Map<string, PutEvent[]>();
    for (const event of events) {
      const id = `${event.stream}\n${event.timestamp.slice(0, 10)}`;
      batches.set(id, [...(batches.get(id) ?? []), event]);
    }
    for (const batch of [...batches.values()].sort((a, b) => (latest(a) < latest(b) ? -1 : 1))) {
      await this.passTo(latest(batch));
      await this.putBatch(batch, logGroupName);
    }
  }

  private async putBatch(events: readonly PutEvent[], logGroupName: string) {
    const logStreamName = events[0]?.stream as string;
    if (!this.streams.has(`${logGroupName}:${logStreamName}`)) {
      await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      this.streams.add(`${logGroupName}:${logStreamName}`);
    }
    const logEvents = events
      .map(({ timestamp, message }) => ({ timestamp: Date.parse(timestamp), message }))
      .sort((a, b) => a.timestamp - b.timestamp);
    const { rejectedLogEventsInfo } = await this.logs.send(
      new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
    );
    expect(rejectedLogEventsInfo).toBeUndefined();
  }

  /** Lets time pass until an instant, if it is in the future. */
  public async passTo(instant: string) {
    if (Date.parse(instant) > this.aws.clock.now()) {
      await this.aws.clock.moveTo(instant);
    }
  }

  /** Exports a period, and writes its receipt. */
  public async archive(archived: ArchivedPeriod): Promise<ArchiveReceipt> {
    const { logGroupName = '/app/web', period: name, timeZone = 'UTC', keyPrefix = '', force = false } = archived;
    const period = parsePeriod(name, timeZone);
    await this.passTo(toIsoTime(period.to + 13 * 3_600_000));
    const { s3Prefix = logGroupName.slice(1), ranges = [period], changes } = archived;
    const prefix = destinationPrefix(keyPrefix, name, s3Prefix);
    const startedAt = toIsoTime(this.aws.clock.now());
    const tasks: ReceiptTask[] = [];
    for (const range of ranges) {
      tasks.push(await this.exportRange(logGroupName, prefix, range));
    }
    const { logGroups = [] } = await this.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    const receipt: ArchiveReceipt = {
      ...{ format: 3, archiver: 'cdk-log-archiver 1.2.3', account: ACCOUNT, region: REGION, logGroupName, timeZone },
      ...{ period: name, from: toIsoTime(period.from), to: toIsoTime(period.to), s3BucketName: BUCKET },
      ...{ destinationPrefix: prefix, tasks, startedAt, finishedAt: toIsoTime(this.aws.clock.now()) },
      completeAsOf: startedAt,
      logGroup: {
        ...{ logGroupClass: 'STANDARD', createdAt: logGroups[0]?.creationTime ?? 0, retentionInDays: null },
        ...{ removedBefore: null, deletionProtectionEnabled: false, dataProtectionStatus: null },
      },
      losses: [],
      evidence: tasks.some(({ objects }) => objects > 0) ? 'OBJECTS' : 'NO_EVENTS',
      previous: null,
      execution: `arn:aws:states:${REGION}:${ACCOUNT}:execution:Archiver:daily`,
      forced: force,
      ...changes,
    };
    const location = { account: ACCOUNT, region: REGION, keyPrefix, timeZone };
    const key = receiptKey(location, { logGroupName, s3Prefix, period: name }, force ? startedAt : null);
    this.aws.buckets.putObject(BUCKET, key, JSON.stringify(receipt));
    return receipt;
  }

  /** Exports a range without a receipt. Returns its task. */
  public async exportRange(logGroupName: string, prefix: string, { from, to }: Range): Promise<ReceiptTask> {
    const { taskId = '' } = await this.logs.send(
      // As an archiver does: `to` may be included or not.
      new CreateExportTaskCommand({ logGroupName, from, to: to + 1, destination: BUCKET, destinationPrefix: prefix }),
    );
    await this.aws.clock.moveTo(this.aws.clock.now() + 60_000);
    // A local export writes its objects when its task is read.
    await this.logs.send(new DescribeExportTasksCommand({ taskId }));
    const folder = `${prefix}/${taskId}/`;
    const bucket = this.aws.buckets.findBucket(BUCKET);
    const counted = this.aws.buckets.listObjects(BUCKET, folder).reduce((sum, key) => {
      const { body, eTag = '' } = bucket?.get(key) ?? { body: '' };
      return countObject(sum, { name: key.slice(folder.length), size: body.length, etag: eTag.replaceAll('"', '') });
    }, NO_OBJECTS);
    return { taskId, from: toIsoTime(from), to: toIsoTime(to), ...counted };
  }

  /** Writes the status of a period. */
  public putStatus(period: string, changes: Partial<PeriodStatus> = {}, archiver = 'Archiver') {
    const location = { account: ACCOUNT, region: REGION, keyPrefix: '' };
    const status: PeriodStatus = {
      ...{ format: 2, period, status: 'COMPLETE', complete: true, archived: 1, skipped: {}, failed: 0, lost: 0 },
      ...{ objects: 1, bytes: 1, losses: [], failures: [], warnings: [], asOf: toIsoTime(this.aws.clock.now()) },
      execution: `arn:aws:states:${REGION}:${ACCOUNT}:execution:${archiver}:daily`,
      reportKey: '_log-archiver/runs/report.json',
      ...changes,
    };
    this.aws.buckets.putObject(BUCKET, periodStatusKey(location, archiver, period), JSON.stringify(status));
  }
}

function latest(events: readonly PutEvent[]): string {
  return events
    .map(({ timestamp }) => timestamp)
    .sort()
    .at(-1) as string;
}
