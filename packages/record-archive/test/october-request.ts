import { type Clients, createRecordClients } from '@log-archiver/aws-clients/create-clients';
import { EXECUTION, LOG_GROUP, OCTOBER_ITEM, PARAMETERS, startLocalAws } from '@log-archiver/aws-clients/testing';
import type {
  ArchiveItem,
  ArchiveOutcome,
  CompletedExportTask,
  RecordArchiveRequest,
  RecordProgress,
} from '@log-archiver/core';
import { RecordingUnfinished } from '@log-archiver/core';
import { answers, type LocalAws, type LogEvent } from '@log-archiver/local-aws';
import { recordArchive } from '../src/record-archive';

/** First and last millisecond of October in Tokyo. */
export const FROM = OCTOBER_ITEM.from;
export const TO = OCTOBER_ITEM.to;

/** Request that the state machine sends on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: RecordArchiveRequest = {
  item: {
    ...OCTOBER_ITEM,
    s3Prefix: 'web',
    destinationPrefix: 'logs/2026/10/web',
    logGroup: { ...LOG_GROUP, retentionInDays: 90 },
  },
  parameters: { ...PARAMETERS, keyPrefix: 'logs' },
  execution: EXECUTION,
  task: {
    logGroupName: '/app/web',
    period: '2026-10',
    execution: EXECUTION.id,
    s3BucketName: 'archive',
    destinationPrefix: 'logs/2026/10/web',
    taskId: 'task-1',
    status: 'COMPLETED',
    createdAt: Date.parse('2026-11-02T03:00:05.000Z'),
    completedAt: Date.parse('2026-11-02T03:00:28.000Z'),
  },
  progress: null,
};

/** Progress before the first object. */
export const START: RecordProgress = {
  ...{ objects: 0, bytes: 0, digest: '', firstObject: null, lastObject: null, lastKey: null },
  ...{ isCounted: false, search: null },
};

export const FOLDER = 'logs/2026/10/web/task-1/';
export const RECEIPT_KEY =
  'logs/_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@4b5e57f6.json';
export const PARTS = 'logs/_log-archiver/parts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@4b5e57f6/';

/** Returns `OCTOBER_REQUEST` with changes to its item and its task. */
export function octoberRequest(
  item: Partial<ArchiveItem>,
  task: Partial<CompletedExportTask> = {},
): RecordArchiveRequest {
  return {
    ...OCTOBER_REQUEST,
    item: { ...OCTOBER_REQUEST.item, ...item },
    task: { ...OCTOBER_REQUEST.task, ...task },
  };
}

/** Tasks that CloudWatch Logs lists, by account. */
const listedTasks = new WeakMap<LocalAws, object[]>();

/** Makes CloudWatch Logs list the task of a request, as it would be after the export of its item. */
export function listTask(aws: LocalAws, { item, parameters, task }: RecordArchiveRequest, changes: object = {}) {
  const tasks = listedTasks.get(aws) ?? [];
  if (!listedTasks.has(aws)) {
    listedTasks.set(aws, tasks);
    aws.faults.inject(() => answers(200, { exportTasks: tasks })(async () => ({}) as never), {
      of: 'DescribeExportTasks',
    });
  }
  const { taskName, logGroupName, from, to, destinationPrefix } = item;
  tasks.unshift({
    ...{ taskId: task.taskId, taskName, logGroupName, from, to: to + 1, destinationPrefix },
    ...{ destination: parameters.s3BucketName, status: { code: 'COMPLETED' } },
    executionInfo: { creationTime: task.createdAt, completionTime: task.completedAt },
    ...changes,
  });
}

/** Lists the operations that were called, apart from the description of the task. */
export function listOperations({ requestHandler }: LocalAws): string[] {
  return requestHandler.calls.map(({ operation }) => operation).filter((name) => name !== 'DescribeExportTasks');
}

/** Records an item whose task CloudWatch Logs lists. */
export function recordListed(
  aws: LocalAws,
  request: RecordArchiveRequest,
  clients: Omit<Clients, 'stepFunctions'> = createClients(aws),
): Promise<ArchiveOutcome> {
  listTask(aws, request);
  return recordArchive(request, clients);
}

/** Returns the progress with which recording ended, although it is not finished. */
export async function readProgress(recorded: Promise<ArchiveOutcome>): Promise<RecordProgress> {
  const error = await recorded.catch((thrown: Error) => thrown);
  if (!(error instanceof RecordingUnfinished)) {
    throw new Error(`expected RecordingUnfinished, got ${JSON.stringify(error)}`);
  }
  return JSON.parse(error.message);
}

/** Returns the request with which the state machine continues: it has the cause of the error. */
export function continueFrom(request: RecordArchiveRequest, progress: RecordProgress): RecordArchiveRequest {
  const cause = { errorType: 'RecordingUnfinished', errorMessage: JSON.stringify(progress), trace: [] };
  return { ...request, progress: JSON.stringify(cause) };
}

/** Starts the account of `OCTOBER_REQUEST`, 25 seconds into the run. Its log group has a stream without events. */
export function startOctoberAws(): LocalAws {
  const aws = startLocalAws({ now: '2026-11-02T03:00:30.000Z' });
  aws.logs.logStreams.create({ logGroupName: '/app/web', logStreamName: 'stream' });
  return aws;
}

/** Creates the clients of the function. A wait moves the clock of the account. */
export function createClients({ requestHandler, clock }: LocalAws): Omit<Clients, 'stepFunctions'> {
  const wait = (milliseconds: number) => clock.moveTo(clock.now() + milliseconds);
  return createRecordClients({ requestHandler, now: clock.now, wait });
}

/** Puts events into the log stream `stream`. */
export function putEvents(aws: LocalAws, ...timestamps: number[]) {
  const logEvents: LogEvent[] = timestamps.map((timestamp) => ({ timestamp, message: 'GET /' }));
  aws.logs.logEvents.put({ logGroupName: '/app/web', logStreamName: 'stream', logEvents });
}

/** Item of a log group of another class than STANDARD. */
export const INFREQUENT_ACCESS = {
  logGroup: { ...OCTOBER_REQUEST.item.logGroup, logGroupClass: 'INFREQUENT_ACCESS' },
};

/** Times of a task that must contain what `putEvents` puts when the test starts. */
export const PAST_DELAY = {
  createdAt: Date.parse('2026-11-02T16:00:00.000Z'),
  completedAt: Date.parse('2026-11-02T16:00:23.000Z'),
};
