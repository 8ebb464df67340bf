import { type DeployedStack, deploy } from './deployment/deploy';
import { Faults } from './faults/faults';
import { Access } from './iam/access';
import { provideEnvironment } from './lambda/lambda-function';
import { CloudWatchLogs } from './logs/cloud-watch-logs';
import { BucketAccess } from './logs/exports/bucket-access';
import { readLogsCall } from './logs/logs-call';
import { TARGET } from './protocol/aws-json';
import type { HttpRequest, HttpResponse } from './protocol/http-message';
import { AwsRequestHandler } from './request-handler';
import { readS3Call } from './s3/s3-call';
import { Buckets } from './s3/storage/buckets';
import { Topics } from './sns/topics';
import type { Execution } from './step-functions/execution';
import type { ExecutionResult } from './step-functions/interpreter/execution-result';
import { type ItemOrder, listOrder, shuffledOrder } from './step-functions/limits/item-order';
import { StepFunctions } from './step-functions/step-functions';
import { isStepFunctionsCall, readStepFunctionsCall } from './step-functions/step-functions-call';
import type { SynthesizedStack } from './template/synthesized-stack';
import { VirtualClock } from './time/virtual-clock';

export interface LocalAwsOptions {
  /** Folder for the buckets. @default - objects are only in memory */
  readonly directory?: string;
  /** Instant at which time starts. */
  readonly now: string | number;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** @default 'ap-northeast-1' */
  readonly region?: string;
  /** Seed of the random order in which a Map's items start. @default - the order of the list */
  readonly itemOrderSeed?: number;
  /**
   * Returns the virtual milliseconds that a call takes to AWS, or its answer back. It is called once for each direction.
   *
   * With seeded random latency, the calls of concurrent functions interleave, and interleave the same way in each run.
   *
   * @default - none: time stands still while a function runs
   */
  readonly latency?: () => number;
  /**
   * Whether the policies of deployed stacks are enforced.
   *
   * The policies of roles apply to functions and state machines, and those of buckets to CloudWatch Logs. Calls of the
   * tests themselves are not authorized, and KMS is not simulated. Evaluation takes time.
   *
   * @default false
   */
  readonly enforcePolicies?: boolean;
}

/** One account and Region of AWS, on this machine and on virtual time. */
export class LocalAws {
  public readonly accountId: string;
  public readonly region: string;
  public readonly clock: VirtualClock;
  public readonly buckets: Buckets;
  public readonly logs: CloudWatchLogs;
  public readonly stepFunctions: StepFunctions;
  /** Amazon SNS topics, with the messages that were published. */
  public readonly topics: Topics;
  /** Faults of calls to CloudWatch Logs, S3 and Step Functions. */
  public readonly faults: Faults<HttpResponse>;
  /** Faults of Lambda invocations, and of a state's `sns:publish`. */
  public readonly functionFaults: Faults<unknown>;
  /** Receives the calls to CloudWatch Logs, S3 and Step Functions. */
  public readonly requestHandler: AwsRequestHandler;
  public readonly itemOrder: ItemOrder;
  /** Policies of all accounts. @default - policies are not enforced */
  public readonly access?: Access;

  constructor(
    private readonly options: LocalAwsOptions,
    shared?: Pick<LocalAws, 'access' | 'clock' | 'buckets'>,
  ) {
    const { directory, now, accountId = '123456789012', region = 'ap-northeast-1', itemOrderSeed, latency } = options;
    provideEnvironment(region);
    this.accountId = accountId;
    this.region = region;
    this.clock = shared?.clock ?? new VirtualClock(now);
    this.buckets = shared?.buckets ?? new Buckets(directory, this.clock.now);
    this.access = shared?.access ?? (options.enforcePolicies ? new Access() : undefined);
    const bucketAccess = this.access && new BucketAccess(this.access, region, accountId);
    this.logs = new CloudWatchLogs(this.buckets, this.clock.now, region, accountId, bucketAccess);
    this.stepFunctions = new StepFunctions();
    this.topics = new Topics(this.clock.now);
    this.faults = new Faults(this.clock.now);
    this.functionFaults = new Faults(this.clock.now);
    const read = (request: HttpRequest) => {
      if (!(TARGET in request.headers)) {
        return readS3Call(this.buckets, request);
      }
      return isStepFunctionsCall(request)
        ? readStepFunctionsCall(this.stepFunctions, request)
        : readLogsCall(this.logs, request);
    };
    this.requestHandler = new AwsRequestHandler(
      read,
      this.faults,
      this.clock.now,
      this.clock.sleep,
      latency,
      this.access,
    );
    this.itemOrder = itemOrderSeed === undefined ? listOrder : shuffledOrder(itemOrderSeed);
  }

  /** Creates another account with the same clock. Bucket names must differ, because all accounts share them. */
  public inAccount(accountId: string): LocalAws {
    return new LocalAws({ ...this.options, accountId }, this);
  }

  /** Configuration for `new CloudWatchLogsClient(…)`, `new S3Client(…)` and `new SFNClient(…)`. */
  public get clientConfig() {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { region: this.region, credentials, requestHandler: this.requestHandler, maxAttempts: 1 };
  }

  public deploy(stack: SynthesizedStack): DeployedStack {
    return deploy(stack, this);
  }

  /** Lets time pass until an execution has ended. */
  public async waitFor(execution: Execution): Promise<ExecutionResult> {
    return this.clock.passUntil(execution.result);
  }
}
