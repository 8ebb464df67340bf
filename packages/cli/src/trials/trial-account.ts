import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsOptions, type ClientContext, createClient } from '../aws/create-client';
import { createS3 } from '../aws/create-s3';
import { createSfn } from '../aws/create-sfn';
import type { CommandContext } from '../context';
import { type Arns, createArns } from './arns';
import type { TrialNames } from './names';
import { formatPolicy, type Statement } from './policies';

const MINUTE_MS = 60_000;
/** Time until a new role has its permissions everywhere. */
const MAX_PROPAGATION_MS = 2 * MINUTE_MS;

/** Clients of the role's session. */
export interface SessionClients {
  readonly logs: CloudWatchLogsClient;
  readonly sfn: SFNClient;
}

/** The account in which the trials run, and what they have created there. */
export class TrialAccount {
  /** Instant until which trials wait for AWS, in milliseconds since the epoch. Set when all trials are prepared. */
  public deadline = Number.POSITIVE_INFINITY;
  /** Export task that has not ended as far as is known. */
  public activeTaskId?: string;
  /** Milliseconds since the epoch. */
  public readonly startedAt: number;

  private constructor(
    public readonly names: TrialNames,
    /** ARN of the caller. */
    public readonly callerArn: string,
    public readonly arns: Arns,
    public readonly region: string,
    public readonly logs: CloudWatchLogsClient,
    public readonly s3: S3Client,
    public readonly sfn: SFNClient,
    public readonly iam: IAMClient,
    private readonly sts: STSClient,
    private readonly options: AwsOptions,
    private readonly context: ClientContext & Pick<CommandContext, 'now' | 'wait'>,
  ) {
    this.startedAt = this.now();
  }

  /** Connects to the account of the credentials. */
  public static async connect(
    options: AwsOptions,
    context: ClientContext & Pick<CommandContext, 'now' | 'wait'>,
    names: TrialNames,
  ): Promise<TrialAccount> {
    const sts = createClient(STSClient, options, context);
    const { Arn: callerArn = '', Account: accountId = '' } = await sts.send(new GetCallerIdentityCommand({}));
    const region = await sts.config.region();
    const here = { ...options, region };
    return new TrialAccount(
      names,
      callerArn,
      createArns(callerArn.split(':')[1] ?? 'aws', region, accountId, names),
      region,
      createClient(CloudWatchLogsClient, here, context),
      createS3(here, context),
      createSfn(here, context),
      createClient(IAMClient, here, context),
      sts,
      options,
      context,
    );
  }

  /** Returns milliseconds since the epoch. */
  public readonly now = (): number => this.context.now();

  public readonly wait = async (milliseconds: number): Promise<void> => {
    await this.context.wait(milliseconds);
  };

  /** Assumes the role, limited to the statements. A session policy applies at once, unlike a change of the role. */
  public async assumeRole(...statements: Statement[]): Promise<SessionClients> {
    const { Credentials } = await this.sts.send(
      new AssumeRoleCommand({
        RoleArn: this.arns.callerRole,
        RoleSessionName: 'trial',
        ...(statements.length === 0 ? {} : { Policy: formatPolicy(statements) }),
      }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const { endpointUrl } = this.options;
    const options = { endpointUrl, region: this.region };
    const context = { ...this.context, clientConfig: { ...this.context.clientConfig, credentials } };
    return { logs: createClient(CloudWatchLogsClient, options, context), sfn: createSfn(options, context) };
  }

  /** Repeats a call while AWS denies it, because a new role does not have its permissions everywhere yet. */
  public async untilAllowed<Result>(call: () => Promise<Result>): Promise<Result> {
    const end = this.now() + MAX_PROPAGATION_MS;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isDenial(error) || this.now() >= end) {
          throw error;
        }
      }
      await this.wait(MINUTE_MS / 12);
    }
  }
}

/** Whether AWS denied a call: to the caller, or to CloudWatch Logs on the destination of an export. */
export function isDenial(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (/^AccessDenied/.test(error.name) || /call on the given bucket failed/.test(error.message))
  );
}
