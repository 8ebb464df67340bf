import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { WriteStatementsRequest } from '@log-archiver/core';
import { type DeployedStack, type ExecutionResult, LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';
import { Duration, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveVerifier, LogArchiver } from 'cdk-log-archiver';
import { putEvents } from '../../put-events';
import { synthesizeAll } from '../../synthesize';

const LOG_ARCHIVE = '999999999999';
export const REGION = 'ap-northeast-1';
export const BUCKET = `log-archive-${LOG_ARCHIVE}-${REGION}`;
export const APP = '/app';

/** Synthesizes an archive bucket with a verifier that expects the accounts, and an archiver in each of them. */
export function synthesizeOrganization(accounts: string[]): SynthesizedStack[] {
  return synthesizeAll((app) => {
    const logArchive = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
    const { bucket } = new ArchiveBucket(logArchive, 'Archive', { sourceAccounts: accounts });
    new ArchiveVerifier(logArchive, 'Verifier', {
      bucket,
      expect: accounts.map((account) => ({ account, region: REGION })),
      verifyEvery: Duration.days(32),
      notificationTopic: new Topic(logArchive, 'Topic', { topicName: 'auditors' }),
    });
    const workloads = accounts.map((account) => {
      const stack = new Stack(app, `Workload${account}`, { env: { account, region: REGION } });
      new LogArchiver(stack, 'Archiver', { bucket, logGroups: [LogGroup.fromLogGroupName(stack, 'App', APP)] });
      return stack;
    });
    return [logArchive, ...workloads];
  });
}

/** An organization with an archive bucket, whose policies are enforced. */
export class Organization {
  public readonly logArchive: LocalAws;
  private readonly verifier: DeployedStack;
  private readonly workloads: readonly SynthesizedStack[];

  constructor([logArchive, ...workloads]: readonly SynthesizedStack[], now: string) {
    this.logArchive = new LocalAws({ now, accountId: LOG_ARCHIVE, enforcePolicies: true, emptyMap: 'FAILS' });
    this.verifier = this.logArchive.deploy(logArchive as SynthesizedStack);
    this.workloads = workloads;
  }

  /** Deploys the archiver of an account. */
  public async addAccount(account: string): Promise<Workload> {
    const aws = this.logArchive.inAccount(account);
    const stack = this.workloads.find(({ stackName }) => stackName === `Workload${account}`);
    return new Workload(aws, aws.deploy(stack as SynthesizedStack));
  }

  /** Runs the verifier at an instant. */
  public async verify(instant: string): Promise<{ result: ExecutionResult; messages: string[]; subjects: string[] }> {
    const { clock, topics } = this.logArchive;
    await clock.moveTo(instant);
    const before = topics.messages.length;
    const result = await this.logArchive.waitFor(this.verifier.stateMachine.startExecution({}));
    const messages = topics.messages.slice(before);
    return {
      result,
      messages: messages.map(({ message }) => message),
      subjects: messages.map(({ subject }) => subject ?? ''),
    };
  }

  public listKeys(prefix: string): string[] {
    return this.logArchive.buckets.listObjects(BUCKET, prefix);
  }

  public read(key: string): Buffer {
    return this.logArchive.buckets.getObject(BUCKET, key);
  }

  public readJson<T>(key: string): T {
    return JSON.parse(this.read(key).toString());
  }

  /** Puts an object, as the owner of the bucket can. */
  public put(key: string, body: string | Buffer) {
    this.logArchive.buckets.putObject(BUCKET, key, body);
  }

  /** Deletes an object, as the owner of a bucket without Object Lock can. */
  public remove(key: string) {
    this.logArchive.buckets.deleteObject(BUCKET, key);
  }

  /** Returns all objects that the verifier has not written. */
  public copyArchive(): Map<string, Buffer> {
    const keys = this.listKeys('').filter((key) => !key.startsWith('_verified/'));
    return new Map(keys.map((key) => [key, this.read(key)]));
  }

  /** Restores objects that were changed, and removes those that were added. */
  public restoreArchive(copy: Map<string, Buffer>) {
    for (const [key, body] of copy) {
      if (this.copyArchive().get(key)?.equals(body) !== true) {
        this.put(key, body);
      }
    }
    for (const key of this.copyArchive().keys()) {
      if (!copy.has(key)) {
        this.remove(key);
      }
    }
  }

  /** Returns the names of the alarms that are in ALARM ten minutes later. */
  public async listAlarms(): Promise<string[]> {
    const { alarms, clock } = this.logArchive;
    await clock.moveTo(clock.now() + 600_000);
    return Object.entries(alarms.evaluate()).flatMap(([name, state]) => (state === 'ALARM' ? [name] : []));
  }

  /** ARN of the key that signs. */
  public get signingKey(): string {
    const parameters = this.verifier.stateMachine.definition.States.WriteStatements?.Parameters;
    return (parameters as WriteStatementsRequest).signingKey;
  }
}

/** A workload account with its archiver. */
export class Workload {
  private readonly logs: CloudWatchLogsClient;

  constructor(
    public readonly aws: LocalAws,
    private readonly stack: DeployedStack,
  ) {
    this.logs = new CloudWatchLogsClient(aws.clientConfig);
  }

  public async createLogGroup() {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName: APP }));
  }

  public async putEvent(instant: string) {
    await putEvents(this.logs, APP, instant);
  }

  /** Lets all exports of the account fail. */
  public failExports() {
    this.aws.logs.exportTasks.script(APP, ...Array.from({ length: 10 }, () => ({ ends: 'FAILED' as const })));
  }

  /** Runs the archiver now. Returns the status, or the error. */
  public async archive(): Promise<string> {
    const scheduledTime = new Date(this.aws.clock.now()).toISOString();
    const result = await this.aws.waitFor(this.stack.stateMachine.startExecution({ scheduledTime }));
    return result.status === 'FAILED' ? result.error : result.status;
  }
}
