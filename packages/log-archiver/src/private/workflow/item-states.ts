import type {
  ArchiveItem,
  ArchiveOutcome,
  CompletedExportTask,
  ExportLogToS3Request,
  RecordArchiveRequest,
  RecordedArchive,
  RunContext,
} from '@log-archiver/core';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Chain, Choice, Condition } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { MakePayload } from './make-payload';
import { type PayloadOf, pathInto } from './payload';
import * as retry from './retry-policies';

export interface ItemFunctions {
  readonly exportFunction: IFunction;
  readonly checkFunction: IFunction;
  readonly recordFunction: IFunction;
}

/** The data of the states below, which are an execution of their own for every item. */
export interface ItemData {
  item: ArchiveItem;
  run: RunContext;
  /** Nothing but nulls until the export has been started. */
  task: { [K in keyof CompletedExportTask]: CompletedExportTask[K] | null };
  recorded: { [K in keyof RecordedArchive]: RecordedArchive[K] | null };
}

/** The data of the states that follow an error. */
interface FailureData extends ItemData {
  error: { Error: string; Cause: string };
}

/** What every outcome says alike. */
const ABOUT_THE_ITEM = {
  'logGroupName.$': '$.item.logGroupName',
  'period.$': '$.item.period',
  'from.$': '$.item.from',
  'to.$': '$.item.to',
} satisfies PayloadOf<Pick<ArchiveOutcome, 'logGroupName' | 'period' | 'from' | 'to'>, ItemData>;

/** Exports one item, waits for the end, writes the receipt, and says what became of it. It never fails itself. */
export function archiveOneItem(scope: Construct, functions: ItemFunctions): Chain {
  const archived = new MakePayload(scope, 'Archived', {
    payload: {
      ...ABOUT_THE_ITEM,
      status: 'ARCHIVED',
      error: null,
      'taskId.$': '$.task.taskId',
      'destinationPrefix.$': '$.task.destinationPrefix',
      'leftover.$': '$.recorded.leftover',
    } satisfies PayloadOf<ArchiveOutcome, ItemData>,
  });
  const skipped = new MakePayload(scope, 'Skipped', {
    payload: {
      ...ABOUT_THE_ITEM,
      status: 'SKIPPED',
      'error.$': '$.error.Error',
      taskId: null,
      destinationPrefix: null,
      leftover: null,
    } satisfies PayloadOf<ArchiveOutcome, FailureData>,
  });
  const failed = new MakePayload(scope, 'Failed', {
    payload: {
      ...ABOUT_THE_ITEM,
      status: 'FAILED',
      'error.$': '$.error.Error',
      'taskId.$': '$.task.taskId',
      'destinationPrefix.$': '$.task.destinationPrefix',
      leftover: null,
    } satisfies PayloadOf<ArchiveOutcome, FailureData>,
  });

  const exportLogToS3 = new InvokeFunction(scope, 'ExportLogToS3', {
    function: functions.exportFunction,
    payload: {
      'item.$': '$.item',
      's3BucketName.$': '$.run.parameters.s3BucketName',
    } satisfies PayloadOf<ExportLogToS3Request, ItemData>,
    resultPath: pathInto<ItemData>('$.task'),
    retries: [retry.UNTIL_SLOT_IS_FREE, retry.LAST_CHANCE_FOR_THE_SLOT, retry.NEVER, retry.UNTIL_AWS_IS_WELL],
  });
  const checkExportTask = new InvokeFunction(scope, 'CheckExportTask', {
    function: functions.checkFunction,
    inputPath: pathInto<ItemData>('$.task'),
    resultPath: pathInto<ItemData>('$.task'),
    retries: [retry.UNTIL_COMPLETED, retry.UNTIL_TASK_IS_SHOWN, retry.NEVER, retry.UNTIL_AWS_IS_WELL],
  });
  const recordArchive = new InvokeFunction(scope, 'RecordArchive', {
    function: functions.recordFunction,
    payload: {
      'item.$': '$.item',
      'parameters.$': '$.run.parameters',
      'execution.$': '$.run.execution',
      'task.$': '$.task',
      'progress.$': '$.recorded.progress',
    } satisfies PayloadOf<RecordArchiveRequest, ItemData>,
    resultPath: pathInto<ItemData>('$.recorded'),
    retries: [retry.NEVER, retry.UNTIL_AWS_IS_WELL],
  });
  // There can be more objects than one invocation can count.
  const recorded = new Choice(scope, 'Recorded?')
    .when(Condition.booleanEquals(pathInto<ItemData>('$.recorded.isDone'), true), archived)
    .otherwise(recordArchive);

  const resultPath = pathInto<FailureData>('$.error');
  exportLogToS3.addCatch(skipped, { errors: retry.TO_BE_SKIPPED, resultPath });
  for (const state of [exportLogToS3, checkExportTask, recordArchive]) {
    state.addCatch(failed, { resultPath });
  }
  return Chain.start(exportLogToS3).next(checkExportTask).next(recordArchive).next(recorded);
}
