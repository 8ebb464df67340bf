import { BucketFiles } from './bucket-files';
import { type DeployedStack, deploy } from './cloudformation/deploy';
import type { SynthesizedStack } from './cloudformation/synthesized-stack';
import { Faults } from './faults/faults';
import { provideEnvironment } from './lambda/lambda-function';
import { CloudWatchLogs } from './logs/cloud-watch-logs';
import type { HttpResponse } from './logs/http';
import { LogsRequestHandler } from './logs/request-handler';
import type { Execution, ExecutionResult } from './step-functions/execution';
import { type ItemOrder, inOrder, shuffled } from './step-functions/item-order';
import { VirtualClock } from './virtual-clock';

export interface LocalAwsOptions {
  /** The folder for the buckets. */
  readonly directory: string;
  /** The instant at which time starts. */
  readonly now: string | number;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** @default 'ap-northeast-1' */
  readonly region?: string;
  /** The seed of the order in which a Map's items are started. @default - the order of the list */
  readonly itemOrderSeed?: number;
}

/** One account and Region of AWS on this machine, on virtual time. */
export class LocalAws {
  public readonly accountId: string;
  public readonly region: string;
  public readonly clock: VirtualClock;
  public readonly files: BucketFiles;
  public readonly logs: CloudWatchLogs;
  /** What goes wrong with calls of CloudWatch Logs. */
  public readonly faults: Faults<HttpResponse>;
  /** What goes wrong with invocations of Lambda functions. */
  public readonly functionFaults: Faults<unknown>;
  /** What calls of CloudWatch Logs arrive at. */
  public readonly requestHandler: LogsRequestHandler;
  public readonly itemOrder: ItemOrder;

  constructor({
    directory,
    now,
    accountId = '123456789012',
    region = 'ap-northeast-1',
    itemOrderSeed,
  }: LocalAwsOptions) {
    provideEnvironment(region);
    this.accountId = accountId;
    this.region = region;
    this.clock = new VirtualClock(now);
    this.files = new BucketFiles(directory);
    this.logs = new CloudWatchLogs(this.files, this.clock.now, region, accountId);
    this.faults = new Faults(this.clock.now);
    this.functionFaults = new Faults(this.clock.now);
    this.requestHandler = new LogsRequestHandler(this.logs, this.faults, this.clock.now);
    this.itemOrder = itemOrderSeed === undefined ? inOrder : shuffled(itemOrderSeed);
  }

  /** For `new CloudWatchLogsClient(…)`. */
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
