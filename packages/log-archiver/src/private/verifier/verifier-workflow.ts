import type {
  FolderItem,
  ListedReceipt,
  PlanVerificationRequest,
  StatementsProgress,
  VerificationPlan,
  VerificationRun,
  VerificationSummary,
  VerifiedReceipts,
  VerifyProgress,
  VerifyReceiptsRequest,
  WriteStatementsRequest,
  WrittenStatements,
} from '@log-archiver/core';
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Chain,
  Choice,
  Condition,
  DistributedMap,
  type DistributedMapProps,
  Fail,
  ItemBatcher,
  JsonPath,
  Pass,
  S3JsonItemReader,
  S3ObjectsItemReader,
  type StateMachine,
  StateMachineType,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { InvokeFunction } from '../workflow/invoke-function';
import { MakePayload } from '../workflow/make-payload';
import { notifyOfFailure, notifyOfRun } from '../workflow/notify-states';
import { type PayloadOf, pathInto } from '../workflow/payload';
import * as retry from '../workflow/retry-policies';
import { createRunLog } from '../workflow/run-log';
import { createStateMachine } from '../workflow/state-machine';
import type { VerifiedBucket } from './verified-bucket';
import type { VerifierFunctions } from './verifier-functions';
import { RUN_EVERY_DAYS, type VerifierSettings } from './verifier-settings';

export interface VerifierWorkflowProps extends VerifierSettings {
  readonly archive: VerifiedBucket;
  readonly functions: VerifierFunctions;
  readonly signingKey: IKey;
}

/** Folders and batches that are verified at the same time: at most 400 invocations of 1,000 in an account and Region. */
const PARALLEL_FOLDERS = 40;
const PARALLEL_BATCHES = 10;
/** Receipts per invocation. A folder of 500 log groups has five batches. */
const RECEIPTS_PER_BATCH = 100;

/** Data of a run. */
interface RunData {
  run: VerificationRun;
  plan: VerificationPlan;
  written: WrittenStatements | { isDone: false; progress: StatementsProgress | null; summary: null };
}

/** Data of the execution of a folder. */
interface FolderData extends FolderItem {
  run: VerificationRun;
}

/** Data of the execution of a batch. */
interface BatchData {
  Items: ListedReceipt[];
  BatchInput: FolderData;
  verified: VerifiedReceipts | { isDone: false; progress: VerifyProgress | null };
}

/** State machine of the verifier. It reads the receipts through Distributed Maps, so that AWS does the paging. */
export class VerifierWorkflow extends Construct {
  public readonly stateMachine: StateMachine;
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: VerifierWorkflowProps) {
    super(scope, id);
    this.logGroup = createRunLog(this, props);
    this.stateMachine = createStateMachine(this, {
      comment: 'Compares the objects of the archive with their receipts, and writes signed statements',
      definition: this.createStates(props),
      logGroup: this.logGroup,
      rolePath: props.rolePath,
    });
    props.archive.grantReadItems(this.stateMachine.role);
  }

  private createStates(props: VerifierWorkflowProps): Chain {
    const configure = new MakePayload(this, 'Configure', {
      payload: {
        run: { 'id.$': '$$.Execution.Name', 'startedAt.$': '$$.Execution.StartTime' } satisfies PayloadOf<
          VerificationRun,
          never
        >,
        written: { isDone: false, progress: null, summary: null } satisfies RunData['written'],
      },
    });
    const plan = this.createPlanState(props);
    const map = this.createFolderMap(props);
    const write = this.createWriteState(props);
    this.catchFailures(props, [plan, map, write]);
    // AWS does not document what an ItemReader does with no items.
    const hasReceipts = new Choice(this, 'HasReceipts?')
      .when(Condition.numberGreaterThan(pathInto<RunData>('$.plan.folders'), 0), map.next(write))
      .otherwise(write);
    const written = new Choice(this, 'Written?')
      .when(Condition.booleanEquals(pathInto<RunData>('$.written.isDone'), true), this.createReportStates(props))
      .otherwise(write);
    write.next(written);
    return Chain.start(configure).next(plan).next(hasReceipts);
  }

  private createPlanState({ functions, keyPrefix, verifyEveryDays }: VerifierWorkflowProps): InvokeFunction {
    return new InvokeFunction(this, 'PlanVerification', {
      function: functions.planVerification.function,
      payload: {
        'run.$': '$.run',
        keyPrefixes: keyPrefix === null ? null : [keyPrefix],
        verifyEveryDays,
        runEveryDays: RUN_EVERY_DAYS,
      } satisfies PayloadOf<PlanVerificationRequest, RunData>,
      resultPath: pathInto<RunData>('$.plan'),
      retries: [retry.NEVER, retry.UNTIL_AWS_RECOVERS],
    });
  }

  /**
   * Creates the state that verifies the folders, each with the receipts of one period.
   *
   * A folder or batch whose execution crashed has no results, which `WriteStatements` detects, and does not stop the
   * others.
   */
  private createFolderMap(props: VerifierWorkflowProps): DistributedMap {
    const { bucket } = props;
    const folders = this.createMap('VerifyEachFolder', PARALLEL_FOLDERS, {
      itemReader: new JsonReader({ bucket, key: JsonPath.stringAt(pathInto<RunData>('$.plan.foldersKey')) }),
      itemSelector: {
        'folder.$': '$$.Map.Item.Value.folder',
        'run.$': '$.run',
      } satisfies PayloadOf<FolderData, RunData>,
    });
    const batches = this.createMap('VerifyEachBatch', PARALLEL_BATCHES, {
      itemReader: new ObjectsReader({ bucket, prefix: JsonPath.stringAt(pathInto<FolderData>('$.folder')) }),
      itemSelector: {
        'Key.$': '$$.Map.Item.Value.Key',
        'Size.$': '$$.Map.Item.Value.Size',
      } satisfies PayloadOf<ListedReceipt, FolderData>,
      itemBatcher: new ItemBatcher({
        maxItemsPerBatch: RECEIPTS_PER_BATCH,
        batchInput: { 'run.$': '$.run', 'folder.$': '$.folder' } satisfies PayloadOf<FolderData, FolderData>,
      }),
    });
    batches.itemProcessor(this.createBatchStates(props));
    folders.itemProcessor(batches.next(this.createEmptyResult('FolderVerified')));
    return folders;
  }

  /** Creates a Map whose items are read from the bucket, and whose results are in the bucket. */
  private createMap(
    id: string,
    maxConcurrency: number,
    items: Pick<DistributedMapProps, 'itemReader' | 'itemSelector' | 'itemBatcher'>,
  ): DistributedMap {
    return new DistributedMap(this, id, {
      label: id,
      maxConcurrency,
      mapExecutionType: StateMachineType.STANDARD,
      toleratedFailurePercentage: 100,
      resultPath: JsonPath.DISCARD,
      ...items,
    }).addRetry(UNTIL_ITEMS_ARE_READ);
  }

  private createBatchStates({ functions, retentionDays }: VerifierWorkflowProps): Chain {
    const start = new MakePayload(this, 'StartBatch', {
      payload: { isDone: false, progress: null } satisfies BatchData['verified'],
      resultPath: pathInto<BatchData>('$.verified'),
    });
    const verify = new InvokeFunction(this, 'VerifyReceipts', {
      function: functions.verifyReceipts.function,
      payload: {
        'run.$': '$.BatchInput.run',
        'folder.$': '$.BatchInput.folder',
        'items.$': '$.Items',
        retentionDays,
        'progress.$': '$.verified.progress',
      } satisfies PayloadOf<VerifyReceiptsRequest, BatchData>,
      resultPath: pathInto<BatchData>('$.verified'),
      retries: [retry.NEVER, retry.UNTIL_AWS_RECOVERS],
    });
    // There can be more objects than one invocation can list.
    const verified = new Choice(this, 'Verified?')
      .when(
        Condition.booleanEquals(pathInto<BatchData>('$.verified.isDone'), true),
        this.createEmptyResult('BatchVerified'),
      )
      .otherwise(verify);
    return Chain.start(start).next(verify).next(verified);
  }

  /** Creates a last state with an empty result, because the results of all items must fit into the data of a state. */
  private createEmptyResult(id: string): Pass {
    return new MakePayload(this, id, { payload: {} });
  }

  private createWriteState({ functions, expect, otherBuckets, signingKey }: VerifierWorkflowProps): InvokeFunction {
    return new InvokeFunction(this, 'WriteStatements', {
      function: functions.writeStatements.function,
      payload: {
        'run.$': '$.run',
        'verifier.$': '$$.StateMachine.Name',
        expect,
        otherBuckets: otherBuckets.map(({ bucketName }) => bucketName),
        signingKey: signingKey.keyArn,
        'progress.$': '$.written.progress',
      } satisfies PayloadOf<WriteStatementsRequest, RunData>,
      resultPath: pathInto<RunData>('$.written'),
      retries: [retry.NEVER, retry.UNTIL_AWS_RECOVERS],
    });
  }

  private createReportStates({ notificationTopic }: VerifierWorkflowProps): Chain {
    const report = new Pass(this, 'Report', {
      inputPath: pathInto<{ written: WrittenStatements }>('$.written.summary'),
    });
    const isVerified = Condition.stringEquals(
      pathInto<VerificationSummary>('$.status'),
      'VERIFIED' satisfies VerificationSummary['status'],
    );
    const end = new Choice(this, 'ArchiveVerified?').when(isVerified, new Succeed(this, 'Succeed')).otherwise(
      new Fail(this, 'ArchiveNotVerified', {
        error: 'ArchiveNotVerified',
        causePath: pathInto<VerificationSummary>('$.cause'),
      }),
    );
    return Chain.start(report).next(notificationTopic ? notifyOfRun(this, notificationTopic, end) : end);
  }

  /** Without a topic, a run that fails ends with the error and cause of the state. */
  private catchFailures({ notificationTopic }: VerifierWorkflowProps, states: (InvokeFunction | DistributedMap)[]) {
    if (!notificationTopic) {
      return;
    }
    const failure = notifyOfFailure(this, notificationTopic, {
      id: 'TellOperatorOfFailure',
      ends: ['Failed', 'VerificationFailed'],
      subject: 'LogArchiver: verification failed',
      failed: 'LogArchiver could not verify the archive in the run',
      consequence: 'The run wrote no new table',
      next: 'The next run starts on the 8th of the month.',
      article: 'verification-failed',
    });
    for (const state of states) {
      // The error replaces the data of the run, because a long cause might not fit beside it.
      state.addCatch(failure);
    }
  }
}

/** Retries reading the items of a Map. No item has started then. */
const UNTIL_ITEMS_ARE_READ = {
  errors: ['States.ItemReaderFailed'],
  interval: Duration.seconds(10),
  backoffRate: 2,
  maxAttempts: 5,
};

/** Reads a JSON file. The CDK's reader allows to read every object of the bucket, so `VerifiedBucket` grants less. */
class JsonReader extends S3JsonItemReader {
  public override providePolicyStatements() {
    return [];
  }
}

/** Lists objects. `VerifiedBucket` grants it, with a condition on the owner of the bucket. */
class ObjectsReader extends S3ObjectsItemReader {
  public override providePolicyStatements() {
    return [];
  }
}
