import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployedStack, type Execution, type ExecutionResult, LocalAws } from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import type { Temporal } from 'temporal-polyfill';
import type { DemoOptions } from '../options';
import { type SynthesizedOrganization, synthesizeOrganization } from '../synthesize';
import type { Incident } from './stories';
import { Workload } from './workload';

/** Account of the archive bucket and its verifier. */
const LOG_ARCHIVE = '999999999999';
/** Time of day at which the schedule of an archiver fires. */
const SCHEDULED_TIME = '03:00';
/** Last day of a month on which the demo runs the archivers. Later runs would find nothing to do. */
const LAST_RUN_DAY = 8;

/** An organization with an archive bucket, its verifier, and workload accounts. */
export class Organization {
  private readonly bucketName: string;
  private readonly logArchive: LocalAws;
  private readonly verifier: DeployedStack;
  private readonly stacks: SynthesizedOrganization;
  private readonly folder: string;
  private readonly assembly: string;
  private readonly workloads = new Map<string, Workload>();
  /** Start of the next day whose logs are written. */
  private nextDay: Temporal.ZonedDateTime;

  constructor(
    { out, temporaryFolder, timeZone }: Pick<DemoOptions, 'out' | 'temporaryFolder' | 'timeZone'>,
    accounts: readonly string[],
    start: Temporal.ZonedDateTime,
  ) {
    this.folder = out;
    this.assembly = join(temporaryFolder, 'cdk.out');
    this.logArchive = new LocalAws({ directory: out, now: start.epochMilliseconds, accountId: LOG_ARCHIVE });
    const { region } = this.logArchive;
    this.stacks = synthesizeOrganization(this.assembly, {
      logArchive: { account: LOG_ARCHIVE, region },
      workloads: accounts.map((account) => ({ account, region })),
      timeZone: TimeZone.of(timeZone),
    });
    this.verifier = this.logArchive.deploy(this.stacks.logArchive);
    this.bucketName = this.verifier.bucketNames[0] ?? '';
    this.nextDay = start;
  }

  public get region(): string {
    return this.logArchive.region;
  }

  /** Public key of the verifier in PEM, as `openssl` makes it from KMS's GetPublicKey. */
  public get publicKey(): string {
    const { Parameters } = this.verifier.stateMachine.definition.States.WriteStatements ?? {};
    const { signingKey } = Parameters as { signingKey: string };
    return this.logArchive.keys.get(signingKey).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** Deploys the workload of an account, with its archiver. */
  public async deployWorkload(account: string, incident: Incident | null): Promise<void> {
    const stack = this.stacks.workloads.get(account);
    if (!stack) {
      throw new Error(`unknown account "${account}"`);
    }
    const aws = this.logArchive.inAccount(account);
    const workload = new Workload(aws, aws.deploy(stack), incident);
    await workload.prepare();
    this.workloads.set(account, workload);
  }

  /** Disables the schedule of an archiver. */
  public disableSchedule(account: string) {
    this.workloads.get(account)?.disableSchedule();
  }

  /** Writes the logs of each day until an instant, and runs the archivers as scheduled in the first days of a month. */
  public async runUntil(instant: Temporal.ZonedDateTime, onDay: (day: string) => void): Promise<void> {
    const { clock } = this.logArchive;
    const workloads = [...this.workloads.values()];
    for (;;) {
      const day = this.nextDay;
      const tomorrow = day.add({ days: 1 });
      const scheduledTime = tomorrow.withPlainTime(SCHEDULED_TIME);
      if (scheduledTime.epochMilliseconds > instant.epochMilliseconds) {
        break;
      }
      onDay(day.toPlainDate().toString());
      await clock.moveTo(scheduledTime.epochMilliseconds);
      for (const workload of workloads) {
        await workload.writeDay(day);
      }
      if (scheduledTime.day <= LAST_RUN_DAY) {
        await this.waitForAll(workloads.flatMap((workload) => workload.startRun(scheduledTime) ?? []));
      }
      this.nextDay = tomorrow.startOfDay();
    }
    await clock.moveTo(instant.epochMilliseconds);
  }

  /** Runs the verifier now. */
  public async verify(): Promise<ExecutionResult> {
    return this.logArchive.waitFor(this.verifier.stateMachine.startExecution({}));
  }

  /** Folder of the bucket. */
  public get bucketFolder(): string {
    return join(this.folder, this.bucketName);
  }

  /** Returns the file of an object. */
  public getPath(key: string): string {
    return join(this.bucketFolder, key);
  }

  public listObjects(prefix: string): string[] {
    return this.logArchive.buckets.listObjects(this.bucketName, prefix);
  }

  public read(key: string): Buffer {
    return this.logArchive.buckets.getObject(this.bucketName, key);
  }

  /** Replaces an object, as an administrator of the log-archive account could. */
  public replaceObject(key: string, body: Buffer) {
    this.logArchive.buckets.putObject(this.bucketName, key, body);
  }

  /** Deletes an object, as an administrator of the log-archive account could. */
  public deleteObject(key: string) {
    this.logArchive.buckets.deleteObject(this.bucketName, key);
  }

  /** Deletes the cloud assembly, which is needed only to deploy. */
  public deleteAssembly() {
    rmSync(this.assembly, { recursive: true, force: true });
  }

  private async waitForAll(executions: Execution[]): Promise<void> {
    await this.logArchive.clock.passUntil(Promise.all(executions.map(({ result }) => result)));
  }
}
