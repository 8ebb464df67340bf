import { randomBytes } from 'node:crypto';
import { JsonStore, type S3Access } from '@log-archiver/aws-clients/json-store';
import {
  checkpointKey,
  getStateMachineName,
  type Loss,
  logGroupsKey,
  type PeriodStatus,
  periodReceiptsKey,
  periodStatusKey,
  type RunContext,
  taskSecretKey,
} from '@log-archiver/core';
import type { Incarnation } from './log-group';

/** Position of the scheduled runs. Persisted. */
export interface Checkpoint {
  format: 1;
  /** ISO 8601: end of the last period before which scheduled runs have planned every period. */
  until: string;
  /** Names of incomplete periods. Those that no run has tried for the longest time come first. */
  incomplete: string[];
  /** Keys of the warnings that are reported, and still apply. */
  warnings: string[];
  /** Names of the log groups whose last export was split. */
  split: string[];
  /** ARN of the execution. */
  execution: string;
}

/** Incarnations of a log group's name, oldest first. Persisted. */
export interface SeenLogGroup {
  logGroupName: string;
  s3Prefix: string;
  incarnations: Incarnation[];
}

/** Properties of a receipt that the status of its period depends on. Persisted. */
export interface ReceiptProperties {
  logGroupName: string;
  /** ISO 8601. */
  finishedAt: string;
  losses: Loss[];
  /** Number of export tasks: more than one if the period was split. */
  tasks: number;
  objects: number;
  bytes: number;
  /** Time for which its tasks used the export slot; `null`: unknown. */
  exportSeconds: number | null;
}

/** Reason why an object at the key of a receipt is none. Persisted. */
export interface InvalidReceipt {
  invalid: string;
}

/** A receipt that the archiver has read, as it was with this ETag. Persisted. */
export type RememberedReceipt = (ReceiptProperties | InvalidReceipt) & { etag: string };

/** Receipts of a period that the archiver has read, by file name. */
type RememberedReceipts = Map<string, RememberedReceipt>;

/** Objects that an archiver keeps from run to run, below `periods/` of the bucket. Each run may replace them. */
export class ArchiverStore {
  private readonly objects: JsonStore;
  /** Name of the state machine. */
  private readonly name: string;
  private readonly receipts = new Map<string, Promise<RememberedReceipts>>();

  constructor(
    access: S3Access,
    private readonly run: RunContext,
  ) {
    this.objects = new JsonStore(access, run.parameters.s3BucketName);
    this.name = getStateMachineName(run.execution);
  }

  /** Reads the checkpoint; `undefined`: no scheduled run has started yet. */
  public readCheckpoint(): Promise<Checkpoint | undefined> {
    return this.objects.find(checkpointKey(this.run.parameters, this.name));
  }

  public writeCheckpoint(checkpoint: Omit<Checkpoint, 'format' | 'execution'>): Promise<void> {
    const { parameters, execution } = this.run;
    const content: Checkpoint = { ...checkpoint, format: 1, execution: execution.id };
    return this.objects.write(checkpointKey(parameters, this.name), content);
  }

  /** Reads the log groups that scheduled runs have seen, by name. */
  public async readSeenLogGroups(): Promise<Map<string, SeenLogGroup>> {
    const { parameters } = this.run;
    const content = await this.objects.find<{ logGroups: SeenLogGroup[] }>(logGroupsKey(parameters, this.name));
    return new Map((content?.logGroups ?? []).map((logGroup) => [logGroup.logGroupName, logGroup]));
  }

  public writeSeenLogGroups(logGroups: SeenLogGroup[]): Promise<void> {
    return this.objects.write(logGroupsKey(this.run.parameters, this.name), { format: 1, logGroups });
  }

  public readPeriodStatus(period: string): Promise<PeriodStatus | undefined> {
    return this.objects.find(periodStatusKey(this.run.parameters, this.name, period));
  }

  public writePeriodStatus(status: PeriodStatus): Promise<void> {
    return this.objects.write(periodStatusKey(this.run.parameters, this.name, status.period), status);
  }

  /** Returns the receipts of a period that the archiver has read. All callers share the map, and add to it. */
  public readPeriodReceipts(period: string): Promise<RememberedReceipts> {
    const receipts = this.receipts.get(period) ?? this.readReceipts(period);
    this.receipts.set(period, receipts);
    return receipts;
  }

  /** Writes the receipts of a period that the archiver has read. */
  public async writePeriodReceipts(period: string): Promise<void> {
    const receipts = Object.fromEntries(await this.readPeriodReceipts(period));
    const { parameters } = this.run;
    await this.objects.write(periodReceiptsKey(parameters, this.name, period), { format: 2, receipts });
  }

  /** Returns the secret in the names of the archiver's export tasks, which the first run creates. */
  public async readTaskSecret(): Promise<string> {
    const key = taskSecretKey(this.run.parameters, this.name);
    const created = { format: 1, secret: randomBytes(32).toString('hex') };
    const { secret } = (await this.objects.find<typeof created>(key)) ?? (await this.objects.writeOnce(key, created));
    return secret;
  }

  private async readReceipts(period: string): Promise<RememberedReceipts> {
    const { parameters } = this.run;
    const content = await this.objects.find<{ format: number; receipts: Record<string, RememberedReceipt> }>(
      periodReceiptsKey(parameters, this.name, period),
    );
    return new Map(content?.format === 2 ? Object.entries(content.receipts) : []);
  }
}
