import { type DeployedStack, deploy } from './deployment/deploy';
import { Faults } from './faults/faults';
import { Access } from './iam/access';
import { provideEnvironment } from './lambda/lambda-function';
import { CloudWatchLogs } from './logs/cloud-watch-logs';
import { BucketAccess } from './logs/exports/bucket-access';
import { readLogsCall, TARGET } from './logs/logs-call';
import type { HttpRequest, HttpResponse } from './protocol/http-message';
import { AwsRequestHandler } from './request-handler';
import { readS3Call } from './s3/s3-call';
import { Buckets } from './s3/storage/buckets';
import { Topics } from './sns/topics';
import type { Execution, ExecutionResult } from './step-functions/execution';
import { type ItemOrder, listOrder, shuffledOrder } from './step-functions/limits/item-order';
import { StepFunctions } from './step-functions/step-functions';
import { isStepFunctionsCall, readStepFunctionsCall } from './step-functions/step-functions-call';
import type { SynthesizedStack } from './template/synthesized-stack';
import { VirtualClock } from './time/virtual-clock';

export interface LocalAwsOptions {
  /** The folder for the buckets. @default - objects are kept in memory alone */
  readonly directory?: string;
  /** The instant at which time starts. */
  readonly now: string | number;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** @default 'ap-northeast-1' */
  readonly region?: string;
  /** The seed of the order in which a Map's items are started. @default - the order of the list */
  readonly itemOrderSeed?: number;
  /**
   * How many virtual milliseconds a call takes to AWS, and its answer back: asked for each way. With a seed for it, the
   * calls of functions that run at the same time interleave, and do so again.
   *
   * @default - none: time stands still while a function runs
   */
  readonly latency?: () => number;
  /**
   * Whether what is deployed is held to the policies of its stacks: functions and state machines to those of their roles,
   * CloudWatch Logs to those of buckets. KMS, and what the tests do themselves, are not. Evaluating takes time.
   *
   * @default false
   */
  readonly enforcePolicies?: boolean;
}

/** One account and Region of AWS on this machine, on virtual time. */
export class LocalAws {
  public readonly accountId: string;
  public readonly region: string;
  public readonly clock: VirtualClock;
  public readonly buckets: Buckets;
  public readonly logs: CloudWatchLogs;
  public readonly stepFunctions: StepFunctions;
  /** Amazon SNS, and what was published. */
  public readonly topics: Topics;
  /** What goes wrong with calls of CloudWatch Logs, S3 and Step Functions. */
  public readonly faults: Faults<HttpResponse>;
  /** What goes wrong with invocations of Lambda functions, and with a state's `sns:publish`. */
  public readonly functionFaults: Faults<unknown>;
  /** What calls of CloudWatch Logs, S3 and Step Functions arrive at. */
  public readonly requestHandler: AwsRequestHandler;
  public readonly itemOrder: ItemOrder;
  /** The policies of all accounts. @default - nobody is held to any */
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

  /** Another account of the same time, whose buckets have no names of these. */
  public inAccount(accountId: string): LocalAws {
    return new LocalAws({ ...this.options, accountId }, this);
  }

  /** For `new CloudWatchLogsClient(…)`, `new S3Client(…)` and `new SFNClient(…)`. */
  public get clientConfig() {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { region: this.region, credentials, requestHandler: this.requestHandler, maxAttempts: 1 };
  }

  public deploy(stack: SynthesizedStack): DeployedStack {
    return deploy(this, stack);
  }

  /** Lets time pass until the execution has ended. */
  public async waitFor(execution: Execution): Promise<ExecutionResult> {
    return this.clock.passUntil(execution.result);
  }
}
