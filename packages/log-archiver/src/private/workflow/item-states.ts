import type {
  ArchiveItem,
  ArchiveOutcome,
  CompletedExportTask,
  ExportLogToS3Request,
  RecordArchiveRequest,
  RunContext,
} from '@log-archiver/core';
import { Chain } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { ArchiveFunctions } from '../functions/archive-functions';
import { InvokeFunction } from './invoke-function';
import { MakePayload } from './make-payload';
import { type PayloadOf, pathInto } from './payload';
import * as retry from './retry-policies';

/** Data of the states below. Each item has an execution of its own. */
export interface ItemData {
  item: ArchiveItem;
  run: RunContext;
  /** All fields are `null` until the export has started. */
  task: { [K in keyof CompletedExportTask]: CompletedExportTask[K] | null };
  /** Error that was caught last. All fields are `null` until then. */
  error: { Error: string | null; Cause: string | null };
}

/** Data of the states after an error. */
interface FailureData extends ItemData {
  error: { Error: string; Cause: string };
}

/** Fields that are the same in every outcome. */
const ITEM_FIELDS = {
  'logGroupName.$': '$.item.logGroupName',
  'period.$': '$.item.period',
  'from.$': '$.item.from',
  'to.$': '$.item.to',
} satisfies PayloadOf<Pick<ArchiveOutcome, 'logGroupName' | 'period' | 'from' | 'to'>, ItemData>;

/**
 * Creates the states that export one item, wait for the export to complete, and write the receipt.
 *
 * Their result is the outcome of the item. They catch every error, so the execution itself succeeds. The response of
 * `RecordArchive` is the outcome: each state after it would cost a state transition per item.
 */
export function createItemStates(scope: Construct, functions: ArchiveFunctions): Chain {
  const skipped = new MakePayload(scope, 'Skipped', {
    payload: {
      ...ITEM_FIELDS,
      status: 'SKIPPED',
      'error.$': '$.error.Error',
      cause: null,
      taskId: null,
      destinationPrefix: null,
      leftover: null,
    } satisfies PayloadOf<ArchiveOutcome, FailureData>,
  });
  const failed = new MakePayload(scope, 'Failed', {
    payload: {
      ...ITEM_FIELDS,
      status: 'FAILED',
      'error.$': '$.error.Error',
      'cause.$': '$.error.Cause',
      'taskId.$': '$.task.taskId',
      'destinationPrefix.$': '$.task.destinationPrefix',
      leftover: null,
    } satisfies PayloadOf<ArchiveOutcome, FailureData>,
  });

  const exportLogToS3 = new InvokeFunction(scope, 'ExportLogToS3', {
    function: functions.exportLogToS3.function,
    payload: {
      'item.$': '$.item',
      's3BucketName.$': '$.run.parameters.s3BucketName',
      'execution.$': '$.run.execution.id',
    } satisfies PayloadOf<ExportLogToS3Request, ItemData>,
    resultPath: pathInto<ItemData>('$.task'),
    retries: [retry.UNTIL_SLOT_IS_FREE, retry.LAST_CHANCE_FOR_THE_SLOT, retry.NEVER, retry.UNTIL_AWS_RECOVERS],
  });
  const checkExportTask = new InvokeFunction(scope, 'CheckExportTask', {
    function: functions.checkExportTask.function,
    inputPath: pathInto<ItemData>('$.task'),
    resultPath: pathInto<ItemData>('$.task'),
    retries: [retry.UNTIL_COMPLETED, retry.UNTIL_TASK_IS_VISIBLE, retry.NEVER, retry.UNTIL_AWS_RECOVERS],
  });
  const recordArchive = new InvokeFunction(scope, 'RecordArchive', {
    function: functions.recordArchive.function,
    payload: {
      'item.$': '$.item',
      'parameters.$': '$.run.parameters',
      'execution.$': '$.run.execution',
      'task.$': '$.task',
      'progress.$': '$.error.Cause',
    } satisfies PayloadOf<RecordArchiveRequest, ItemData>,
    retries: [retry.NEVER, retry.UNTIL_AWS_RECOVERS],
  });
  const resultPath = pathInto<FailureData>('$.error');
  exportLogToS3.addCatch(skipped, { errors: retry.SKIPPED_ERRORS, resultPath });
  // There can be more objects than one invocation can count.
  recordArchive.addCatch(recordArchive, { errors: retry.CONTINUED_ERRORS, resultPath });
  for (const state of [exportLogToS3, checkExportTask, recordArchive]) {
    state.addCatch(failed, { resultPath });
  }
  return Chain.start(exportLogToS3).next(checkExportTask).next(recordArchive);
}
