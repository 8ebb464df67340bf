import type { ArchiveOutcome, ArchiveRun, ExportLogToS3Request, ExportTask, LogGroupTarget } from '@log-archiver/core';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Chain, JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { MakePayload } from './make-payload';
import type { PayloadOf } from './payload';
import * as retry from './retry-policies';

/** The data of the states below, which are an execution of their own for every log group. */
export interface LogGroupData {
  target: LogGroupTarget;
  run: ArchiveRun;
  /** Nothing but nulls until the export has been started. */
  task: { [K in keyof ExportTask]: ExportTask[K] | null };
  error: { Error: string; Cause: string };
}

/** Starts the export of one log group, waits for its end, and says what became of it. It never fails itself. */
export function archiveOneLogGroup(scope: Construct, exportFunction: IFunction, checkFunction: IFunction): Chain {
  const archived = new MakePayload(scope, 'Archived', {
    payload: {
      'logGroupName.$': '$.target.logGroupName',
      status: 'ARCHIVED',
      error: null,
      'taskId.$': '$.task.taskId',
      'destinationPrefix.$': '$.task.destinationPrefix',
    } satisfies PayloadOf<ArchiveOutcome, LogGroupData>,
  });
  const skipped = new MakePayload(scope, 'Skipped', {
    payload: {
      'logGroupName.$': '$.target.logGroupName',
      status: 'SKIPPED',
      'error.$': '$.error.Error',
      taskId: null,
      destinationPrefix: null,
    } satisfies PayloadOf<ArchiveOutcome, LogGroupData>,
  });
  const failed = new MakePayload(scope, 'Failed', {
    payload: {
      'logGroupName.$': '$.target.logGroupName',
      status: 'FAILED',
      'error.$': '$.error.Error',
      'taskId.$': '$.task.taskId',
      'destinationPrefix.$': '$.task.destinationPrefix',
    } satisfies PayloadOf<ArchiveOutcome, LogGroupData>,
  });

  const exportLogToS3 = new InvokeFunction(scope, 'ExportLogToS3', {
    function: exportFunction,
    payload: {
      'logGroupName.$': '$.target.logGroupName',
      's3Prefix.$': '$.target.s3Prefix',
      's3BucketName.$': '$.run.s3BucketName',
      'keyPrefix.$': '$.run.keyPrefix',
      'timeZone.$': '$.run.timeZone',
      'frequency.$': '$.run.frequency',
      'scheduledTime.$': '$.run.scheduledTime',
      'period.$': '$.run.period',
      'startedAt.$': '$.run.startedAt',
    } satisfies PayloadOf<ExportLogToS3Request, LogGroupData>,
    resultPath: '$.task' satisfies `$.${keyof LogGroupData}`,
    retries: [
      retry.UNTIL_SLOT_IS_FREE,
      retry.LAST_CHANCE_FOR_THE_SLOT,
      retry.UNTIL_LOGS_ARE_EXPORTABLE,
      retry.NEVER,
      retry.UNTIL_AWS_IS_WELL,
    ],
  });
  const checkExportTask = new InvokeFunction(scope, 'CheckExportTask', {
    function: checkFunction,
    inputPath: '$.task' satisfies `$.${keyof LogGroupData}`,
    resultPath: JsonPath.DISCARD,
    retries: [retry.UNTIL_COMPLETED, retry.UNTIL_TASK_IS_SHOWN, retry.NEVER, retry.UNTIL_AWS_IS_WELL],
  });

  const resultPath = '$.error' satisfies `$.${keyof LogGroupData}`;
  exportLogToS3.addCatch(skipped, { errors: retry.TO_BE_SKIPPED, resultPath });
  exportLogToS3.addCatch(failed, { resultPath });
  checkExportTask.addCatch(failed, { resultPath });
  return Chain.start(exportLogToS3).next(checkExportTask).next(archived);
}
