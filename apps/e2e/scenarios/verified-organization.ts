import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { VerificationSummary } from '@log-archiver/core';
import { type DeployedStack, type ExecutionResult, LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';
import { Duration, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveVerifier, LogArchiver } from 'cdk-log-archiver';
import { synthesizeAll } from '../synthesize';

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

  /** Puts an object as the owner of the bucket could. */
  public put(key: string, body: string | Buffer) {
    this.logArchive.buckets.putObject(BUCKET, key, body);
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
    const logStreamName = `stream/${instant.replaceAll(':', '.')}`;
    await this.logs.send(new CreateLogStreamCommand({ logGroupName: APP, logStreamName }));
    const logEvents = [{ timestamp: Date.parse(instant), message: `at ${instant}` }];
    await this.logs.send(new PutLogEventsCommand({ logGroupName: APP, logStreamName, logEvents }));
  }

  /** Runs the archiver now. Returns the status, or the error. */
  public async archive(): Promise<string> {
    const scheduledTime = new Date(this.aws.clock.now()).toISOString();
    const result = await this.aws.waitFor(this.stack.stateMachine.startExecution({ scheduledTime }));
    return result.status === 'FAILED' ? result.error : result.status;
  }
}

/** Returns the output of a run that found no archiver at fault. */
export function getSummary(result: ExecutionResult): VerificationSummary {
  return (result as unknown as { output: VerificationSummary }).output;
}
