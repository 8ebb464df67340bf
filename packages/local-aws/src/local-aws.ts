import { createAlarmMessages } from './cloudwatch/alarm-message';
import { Alarms } from './cloudwatch/alarms';
import { LogMetrics } from './cloudwatch/log-metrics';
import { Metrics } from './cloudwatch/metrics';
import { createStateMachine } from './deployment/create-state-machine';
import { type DeployedStack, deploy } from './deployment/deploy';
import { createAlarmStateChange } from './events/alarm-state-change';
import { EventBus } from './events/event-bus';
import { Faults } from './faults/faults';
import { Access } from './iam/access';
import { operations as identityOperations } from './iam/operations';
import { createPolicyListener } from './iam/policy-listener';
import { isQueryCall, readQueryCall } from './iam/query-call';
import { Roles } from './iam/roles';
import { Keys } from './kms/keys';
import { isKmsCall, readKmsCall } from './kms/kms-call';
import { FunctionLogs } from './lambda/function-logs';
import { provideEnvironment } from './lambda/lambda-function';
import { CloudWatchLogs } from './logs/cloud-watch-logs';
import { BucketAccess } from './logs/exports/bucket-access';
import { readLogsCall } from './logs/logs-call';
import type { RangeEnd } from './logs/range-end';
import { TARGET } from './protocol/aws-json';
import type { HttpRequest, HttpResponse } from './protocol/http-message';
import { AwsRequestHandler } from './request-handler';
import { readS3Call } from './s3/s3-call';
import { Buckets } from './s3/storage/buckets';
import { ServicePublisher } from './sns/service-publisher';
import { Topics } from './sns/topics';
import type { Execution } from './step-functions/execution';
import type { ExecutionResult } from './step-functions/interpreter/execution-result';
import type { InterpreterSettings } from './step-functions/limited-interpreter';
import type { EmptyMap } from './step-functions/limits/empty-map';
import { shuffledOrder } from './step-functions/limits/item-order';
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
  /** Result of a Distributed Map over `[]`. AWS does not document it. @default 'SUCCEEDS' */
  readonly emptyMap?: EmptyMap;
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
   * tests themselves are not authorized, and encryption by KMS is not simulated. Evaluation takes time.
   *
   * @default false
   */
  readonly enforcePolicies?: boolean;
  /**
   * End of the ranges of CreateExportTask (`to`) and FilterLogEvents (`endTime`): included or excluded.
   *
   * AWS documents both.
   *
   * @default 'INCLUSIVE'
   */
  readonly rangeEnd?: RangeEnd;
}

/** One account and Region of AWS, on this machine and on virtual time. */
export class LocalAws {
  public readonly accountId: string;
  public readonly region: string;
  public readonly clock: VirtualClock;
  public readonly buckets: Buckets;
  public readonly logs: CloudWatchLogs;
  public readonly stepFunctions: StepFunctions;
  /** Roles that calls of IAM create, and their sessions. */
  public readonly roles: Roles;
  /** Keys of AWS KMS that sign. */
  public readonly keys: Keys;
  /** Amazon CloudWatch metrics of functions and executions, and of the tests themselves. */
  public readonly metrics: Metrics;
  /** Metrics from the lines of logs. */
  public readonly logMetrics: LogMetrics;
  /** Amazon CloudWatch alarms, which only change when they are evaluated. */
  public readonly alarms: Alarms;
  /** Default event bus of Amazon EventBridge. */
  public readonly eventBus: EventBus;
  /** Amazon SNS topics, with the messages that were published. */
  public readonly topics: Topics;
  /** Publishes the messages of alarms and event rules, and keeps those that were refused. */
  public readonly servicePublisher: ServicePublisher;
  /** Faults of calls to CloudWatch Logs, S3, Step Functions and KMS. */
  public readonly faults: Faults<HttpResponse>;
  /** Faults of Lambda invocations, and of a state's `sns:publish`. */
  public readonly functionFaults: Faults<unknown>;
  /** Lines that the functions of deployed stacks have written to their logs. */
  public readonly functionLogs: FunctionLogs;
  /** Receives the calls to CloudWatch Logs, S3, Step Functions, KMS, IAM and STS. */
  public readonly requestHandler: AwsRequestHandler;
  /** Behaviour of the Distributed Maps of deployed state machines. */
  public readonly mapSettings: InterpreterSettings;
  /** Deployed stacks, by name. */
  public readonly stacks = new Map<string, SynthesizedStack>();
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
    this.logs = new CloudWatchLogs({
      buckets: this.buckets,
      now: this.clock.now,
      region,
      accountId,
      bucketAccess,
      rangeEnd: options.rangeEnd,
    });
    if (shared === undefined) {
      this.buckets.onPolicyChange = createPolicyListener(this.access, accountId);
    }
    this.roles = new Roles(accountId, this.access);
    this.stepFunctions = new StepFunctions((...created) => createStateMachine(this, ...created));
    this.keys = new Keys(region, accountId);
    this.metrics = new Metrics(this.clock.now);
    this.logMetrics = new LogMetrics(this.metrics);
    this.topics = new Topics(this.clock.now);
    this.servicePublisher = new ServicePublisher(this.topics, this.access);
    this.eventBus = new EventBus(this.servicePublisher);
    this.alarms = new Alarms(this.metrics, this.clock.now, (change) => {
      for (const message of createAlarmMessages(change)) {
        this.servicePublisher.publish(message);
      }
      this.eventBus.put(createAlarmStateChange(change));
    });
    this.faults = new Faults(this.clock.now);
    this.functionFaults = new Faults(this.clock.now);
    this.functionLogs = new FunctionLogs(this.clock.now, (line) => this.logMetrics.read(line));
    const read = (request: HttpRequest) => {
      if (isQueryCall(request)) {
        return readQueryCall(request, identityOperations, this.roles);
      }
      if (!(TARGET in request.headers)) {
        return readS3Call(this.buckets, request);
      }
      if (isKmsCall(request)) {
        return readKmsCall(this.keys, request);
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
      ({ headers }) => this.roles.findSession(headers['x-amz-security-token']),
    );
    const itemOrder = itemOrderSeed === undefined ? undefined : shuffledOrder(itemOrderSeed);
    this.mapSettings = { itemOrder, emptyMap: options.emptyMap };
  }

  /** Creates another account with the same clock. Bucket names must differ, because all accounts share them. */
  public inAccount(accountId: string): LocalAws {
    return new LocalAws({ ...this.options, accountId }, this);
  }

  /** Configuration for the clients of CloudWatch Logs, S3, Step Functions, KMS, IAM and STS. */
  public get clientConfig() {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { region: this.region, credentials, requestHandler: this.requestHandler, maxAttempts: 1 };
  }

  /** Deploys a stack, or updates it if a stack of this name is deployed. */
  public deploy(stack: SynthesizedStack): DeployedStack {
    return deploy(stack, this);
  }

  /** Lets time pass until an execution has ended. */
  public async waitFor(execution: Execution): Promise<ExecutionResult> {
    return this.clock.passUntil(execution.result);
  }
}
