import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  type ArchiveOutcome,
  InvalidArchiveRequest,
  NO_OBJECTS,
  type RecordArchiveRequest,
  RecordingUnfinished,
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

/**
 * Checks the objects of a completed task, and writes the receipt as soon as the whole period is archived.
 *
 * Throws `RecordingUnfinished` if there is more work than one invocation can do.
 */
export async function recordArchive(
  request: RecordArchiveRequest,
  clients: Pick<Clients, 'logs' | 's3' | 'now' | 'wait'>,
): Promise<ArchiveOutcome> {
  const { taskId } = request?.task ?? {};
  // Without an id, AWS would return all tasks of the account.
  if (typeof taskId !== 'string' || taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(taskId)}`);
  }
  validateItem(request);
  const task = await findCompletedTask(request, clients);
  const budget = new InvocationBudget(clients.now);
  const folders = new ExportedFolders(clients.s3, task);
  // The export slot stays idle until the receipt is written, so these calls do not wait for each other.
  const [current, counted] = await Promise.all([
    updateLogGroup({ ...request, task }, clients),
    countObjects(clients, task, folders, parseProgress(request.progress), budget),
  ]);
  if (!counted.isCounted) {
    throw new RecordingUnfinished(JSON.stringify(counted));
  }
  const { evidence, search } = await findEvidence(clients, current, folders, counted, budget);
  if (evidence === null) {
    throw new RecordingUnfinished(JSON.stringify({ ...counted, search } satisfies RecordProgress));
  }
  // Only S3 is passed on: calls are not retried in place, because the state machine retries this function.
  const archive = new ArchiveStore({ s3: clients.s3 }, request);
  const { logGroupName, period, from, to, destinationPrefix } = request.item;
  return {
    ...{ logGroupName, period, from, to },
    ...{ status: 'ARCHIVED', error: null, cause: null },
    ...{ taskId, destinationPrefix },
    leftover: await recordExport(archive, current, { ...counted, evidence }, clients.now()),
  };
}

/** Parses the cause of a `RecordingUnfinished`: a JSON text of Lambda, whose message is the progress in JSON. */
function parseProgress(cause: string | null): RecordProgress {
  return cause === null ? START : JSON.parse(JSON.parse(cause).errorMessage);
}
