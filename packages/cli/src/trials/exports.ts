import { gunzipSync } from 'node:zlib';
import {
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  CreateLogStreamCommand,
  DescribeExportTasksCommand,
  type ExportTask,
  type InputLogEvent,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { exportPrefix } from './policies';
import { isDenial, type TrialAccount } from './trial-account';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const POLL_INTERVAL_MS = 10 * SECOND_MS;
/** Time between two attempts to take the export slot. */
const SLOT_INTERVAL_MS = 30 * SECOND_MS;
/** Time between two exports of events that are not exportable yet. */
const REPEAT_INTERVAL_MS = 5 * MINUTE_MS;
/** Time after which a trial does not wait for its task any longer. */
const MAX_TASK_MS = 60 * MINUTE_MS;
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** Export to try. */
export interface TrialExport {
  /** Number of the trial, which is in the prefix of the objects. */
  readonly number: number;
  /** Milliseconds since the epoch. @default - a minute before the log group was created */
  readonly from?: number;
  /** Milliseconds since the epoch. @default - now */
  readonly to?: number;
  /** Start of the names of the log streams. @default - log streams that do not exist */
  readonly logStreamNamePrefix?: string;
}

/** Response of CreateExportTask, and the end of its task. */
export type ExportOutcome =
  | { readonly isDenied: false; readonly task: ExportTask }
  | { readonly isDenied: true; readonly error: string; readonly message: string };

/** An object of an export. */
export interface ExportedObject {
  /** Folder of the log stream. */
  readonly folder: string;
  /** Messages of its events. */
  readonly messages: readonly string[];
}

/** Exports a range, and waits for the end of the task. `logs` may be the client of a session. */
export async function tryExport(
  account: TrialAccount,
  trialExport: TrialExport,
  logs: CloudWatchLogsClient = account.logs,
): Promise<ExportOutcome> {
  try {
    const taskId = await startTask(account, trialExport, logs);
    return { isDenied: false, task: await waitForTask(account, taskId) };
  } catch (error) {
    if (!isDenial(error)) {
      throw error;
    }
    return { isDenied: true, error: error.name, message: error.message };
  }
}

/** Exports log streams, again and again until their events are exportable or the trials must not wait any longer. */
export async function exportUntil(
  account: TrialAccount,
  trialExport: TrialExport,
  isComplete: (objects: readonly ExportedObject[]) => boolean,
): Promise<ExportedObject[]> {
  for (;;) {
    const outcome = await tryExport(account, trialExport);
    if (outcome.isDenied) {
      throw new Error(`${outcome.error}: ${outcome.message}`);
    }
    const objects = await readObjects(account, trialExport.number, outcome.task);
    if (isComplete(objects) || account.now() + REPEAT_INTERVAL_MS > account.deadline) {
      return objects;
    }
    await account.wait(REPEAT_INTERVAL_MS);
  }
}

/** Creates a log stream, and puts batches of events one after the other. */
export async function putEvents(
  { logs, names: { logGroup: logGroupName } }: TrialAccount,
  logStreamName: string,
  ...batches: InputLogEvent[][]
): Promise<void> {
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  for (const logEvents of batches) {
    const { rejectedLogEventsInfo } = await logs.send(
      new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
    );
    if (rejectedLogEventsInfo !== undefined) {
      throw new Error(`PutLogEvents rejected events: ${JSON.stringify(rejectedLogEventsInfo)}`);
    }
  }
}

/** Note of a trial whose events are not exportable yet. */
export const NO_EVENTS =
  'the events were not exported in time: CloudWatch Logs may need up to 12 hours; run the command again with --wait 720';

/** Creates a task. Waits for the export slot, which the whole account and Region share. */
async function startTask(
  account: TrialAccount,
  { number, from, to, logStreamNamePrefix = 'none' }: TrialExport,
  logs: CloudWatchLogsClient,
): Promise<string> {
  for (;;) {
    const input = {
      taskName: account.names.logGroup,
      logGroupName: account.names.logGroup,
      logStreamNamePrefix,
      from: from ?? account.startedAt - MINUTE_MS,
      to: to ?? account.now(),
      destination: account.names.bucket,
      destinationPrefix: exportPrefix(number),
    };
    try {
      const { taskId } = await logs.send(new CreateExportTaskCommand(input));
      account.activeTaskId = taskId;
      return taskId ?? '';
    } catch (error) {
      if ((error as Error).name !== 'LimitExceededException' || account.now() > account.deadline) {
        throw error;
      }
    }
    await account.wait(SLOT_INTERVAL_MS);
  }
}

/** Waits for the end of a task. A task that does not end keeps the slot until the removal cancels it. */
async function waitForTask(account: TrialAccount, taskId: string): Promise<ExportTask> {
  const end = account.now() + MAX_TASK_MS;
  for (;;) {
    const { exportTasks: [task] = [] } = await account.logs.send(new DescribeExportTasksCommand({ taskId }));
    const code = task?.status?.code ?? 'PENDING';
    if (task && ENDED.includes(code)) {
      account.activeTaskId = undefined;
      if (code !== 'COMPLETED') {
        throw new Error(`the export task ended with ${code}: ${task.status?.message}`);
      }
      return task;
    }
    if (account.now() > end) {
      throw new Error('the export task did not end within an hour');
    }
    await account.wait(POLL_INTERVAL_MS);
  }
}

async function readObjects(
  { s3, names: { bucket: Bucket } }: TrialAccount,
  number: number,
  { taskId }: ExportTask,
): Promise<ExportedObject[]> {
  const Prefix = `${exportPrefix(number)}/${taskId}/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const objects: ExportedObject[] = [];
  for (const { Key = '' } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
    // A line is a time, a blank, and the message.
    const messages = text
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(line.indexOf(' ') + 1));
    objects.push({ folder: Key.slice(Prefix.length, Key.lastIndexOf('/')), messages });
  }
  return objects;
}
