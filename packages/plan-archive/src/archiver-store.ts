import { JsonStore, type S3Access } from '@log-archiver/aws-clients/json-store';
import {
  checkpointKey,
  type Loss,
  logGroupsKey,
  type PeriodStatus,
  periodReceiptsKey,
  periodStatusKey,
  type RunContext,
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

/** Objects that an archiver keeps from run to run, below `periods/` of the bucket. Each run may replace them. */
export class ArchiverStore {
  private readonly objects: JsonStore;

  constructor(
    access: S3Access,
    private readonly run: RunContext,
  ) {
    this.objects = new JsonStore(access, run.parameters.s3BucketName);
  }

  /** Reads the checkpoint; `undefined`: no scheduled run has started yet. */
  public readCheckpoint(): Promise<Checkpoint | undefined> {
    return this.objects.find(checkpointKey(this.run.parameters, this.run.execution));
  }

  public writeCheckpoint(checkpoint: Omit<Checkpoint, 'format' | 'execution'>): Promise<void> {
    const { parameters, execution } = this.run;
    const content: Checkpoint = { ...checkpoint, format: 1, execution: execution.id };
    return this.objects.write(checkpointKey(parameters, execution), content);
  }

  /** Reads the log groups that scheduled runs have seen, by name. */
  public async readSeenLogGroups(): Promise<Map<string, SeenLogGroup>> {
    const { parameters, execution } = this.run;
    const content = await this.objects.find<{ logGroups: SeenLogGroup[] }>(logGroupsKey(parameters, execution));
    return new Map((content?.logGroups ?? []).map((logGroup) => [logGroup.logGroupName, logGroup]));
  }

  public writeSeenLogGroups(logGroups: SeenLogGroup[]): Promise<void> {
    return this.objects.write(logGroupsKey(this.run.parameters, this.run.execution), { format: 1, logGroups });
  }

  public readPeriodStatus(period: string): Promise<PeriodStatus | undefined> {
    return this.objects.find(periodStatusKey(this.run.parameters, this.run.execution, period));
  }

  public writePeriodStatus(status: PeriodStatus): Promise<void> {
    return this.objects.write(periodStatusKey(this.run.parameters, this.run.execution, status.period), status);
  }

  /** Reads the properties of the receipts that earlier runs have read, by the receipt's file name. */
  public async readPeriodReceipts(period: string): Promise<Record<string, ReceiptProperties>> {
    const { parameters, execution } = this.run;
    const content = await this.objects.find<{ receipts: Record<string, ReceiptProperties> }>(
      periodReceiptsKey(parameters, execution, period),
    );
    return content?.receipts ?? {};
  }

  public writePeriodReceipts(period: string, receipts: Record<string, ReceiptProperties>): Promise<void> {
    return this.objects.write(periodReceiptsKey(this.run.parameters, this.run.execution, period), {
      format: 1,
      receipts,
    });
  }
}
