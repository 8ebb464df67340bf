import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  InvalidArchiveRequest,
  NO_OBJECTS,
  type RecordArchiveRequest,
  type RecordedArchive,
  type RecordProgress,
  show,
} from '@log-archiver/core';
import { findCompletedTask } from './completed-task';
import { countObjects } from './count-objects';
import { updateLogGroup } from './current-log-group';
import { findEvidence } from './evidence/find-evidence';
import { ExportedFolders } from './exported-folders';
import { InvocationBudget } from './invocation-budget';
import { recordExport } from './record-export';
import { validateItem } from './validate-item';

const START: RecordProgress = { ...NO_OBJECTS, lastKey: null, isCounted: false, search: null };

/** Checks the objects of a completed task, and writes the receipt as soon as the whole period is archived. */
export async function recordArchive(
  request: RecordArchiveRequest,
  clients: Pick<Clients, 'logs' | 's3' | 'now' | 'wait'>,
): Promise<RecordedArchive> {
  const { taskId } = request?.task ?? {};
  // Without an id, AWS would return all tasks of the account.
  if (typeof taskId !== 'string' || taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(taskId)}`);
  }
  validateItem(request);
  const task = await findCompletedTask(request, clients);
  const budget = new InvocationBudget(clients.now);
  const folders = new ExportedFolders(clients.s3, task);
  const counted = await countObjects(clients, task, folders, request.progress ?? START, budget);
  if (!counted.isCounted) {
    return { isDone: false, progress: counted, leftover: null };
  }
  const current = await updateLogGroup({ ...request, task }, clients);
  const { evidence, search } = await findEvidence(clients, current, folders, counted, budget);
  const progress = { ...counted, search };
  if (evidence === null) {
    return { isDone: false, progress, leftover: null };
  }
  // Only S3 is passed on: calls are not retried in place, because the state machine retries this function.
  const archive = new ArchiveStore({ s3: clients.s3 }, request);
  return {
    isDone: true,
    progress,
    leftover: await recordExport(archive, current, { ...counted, evidence }, clients.now()),
  };
}
