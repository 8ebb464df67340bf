import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
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
import { findEvent } from './find-event';
import { InvocationBudget } from './invocation-budget';
import { recordExport } from './record-export';

const START: RecordProgress = { objects: 0, bytes: 0, lastKey: null, isCounted: false, searchToken: null };

/** Checks the objects of a completed task, and writes the receipt as soon as the whole period is archived. */
export async function recordArchive(
  request: RecordArchiveRequest,
  clients: Pick<Clients, 'logs' | 's3' | 'now'>,
): Promise<RecordedArchive> {
  const { item, task } = request;
  // Without an id, the objects of all tasks would be counted.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(task?.taskId)}`);
  }
  const budget = new InvocationBudget(clients.now);
  const progress = await countObjects(clients, task, request.progress ?? START, budget);
  if (!progress.isCounted) {
    return { isDone: false, progress, leftover: null };
  }
  let evidence: ArchiveReceipt['evidence'] = 'OBJECTS';
  if (progress.objects === 0) {
    const { answer, token } = await findEvent(clients, item, progress.searchToken, budget);
    if (answer === null) {
      return { isDone: false, progress: { ...progress, searchToken: token }, leftover: null };
    }
    if (answer === 'EVENT') {
      throw new ArchiveEmpty(
        `export task ${task.taskId} wrote no object, although log group ${item.logGroupName} has an event in ${item.period}`,
      );
    }
    evidence = answer;
  }
  // Only S3 is passed on: calls are not retried in place, because the state machine retries this function.
  const archive = new ArchiveStore({ s3: clients.s3 }, request);
  return {
    isDone: true,
    progress,
    leftover: await recordExport(archive, request, { ...progress, evidence }, clients.now()),
  };
}
