import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  ArchiveEmpty,
  type ArchiveReceipt,
  InvalidArchiveRequest,
  type RecordArchiveRequest,
  type RecordedArchive,
  type RecordProgress,
  show,
} from '@log-archiver/core';
import { countObjects } from './count-objects';
import { Budget } from './page-by-page';
import { recordExport } from './record-export';
import { searchForEvent } from './search-for-event';

export interface Clients {
  s3: S3Client;
  logs: CloudWatchLogsClient;
}

const START: RecordProgress = { objects: 0, bytes: 0, lastKey: null, isCounted: false, searchToken: null };

/** Looks at what a completed task exported, and writes the receipt once all of the period is there. */
export async function recordArchive(
  request: RecordArchiveRequest,
  { s3, logs }: Clients,
  now: () => number,
): Promise<RecordedArchive> {
  const { item, task } = request;
  // Without an id the objects of all tasks would be counted.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(task?.taskId)}`);
  }
  const budget = new Budget(now);
  const progress = await countObjects(s3, task, request.progress ?? START, budget);
  if (!progress.isCounted) {
    return { isDone: false, progress, leftover: null };
  }
  let evidence: ArchiveReceipt['evidence'] = 'OBJECTS';
  if (progress.objects === 0) {
    const { answer, token } = await searchForEvent(logs, item, progress.searchToken, budget);
    if (answer === null) {
      return { isDone: false, progress: { ...progress, searchToken: token }, leftover: null };
    }
    if (answer === 'EVENT') {
      throw new ArchiveEmpty(
        `export task ${task.taskId} wrote no object, and log group ${item.logGroupName} has an event of ${item.period}`,
      );
    }
    evidence = answer;
  }
  return { isDone: true, progress, leftover: await recordExport(s3, request, { ...progress, evidence }, now()) };
}
