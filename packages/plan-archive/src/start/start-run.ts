import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { type PlanArchiveRequest, validateKeyPrefix } from '@log-archiver/core';
import type { ValidInput } from '../run-input';
import type { RunStore } from '../run-store';
import { findActiveRun } from './active-run';
import { createCheckpoint, readCheckpoint } from './checkpoint';
import { findLogGroups } from './find-log-groups';
import { findExportableFrom, limitToOneRun, periodsToArchive } from './periods-to-archive';

/** Result of a start: the run started, waits until an instant in ISO 8601, or ends because an older run is active. */
type Start = 'STARTED' | { readonly waitUntil: string } | { readonly activeRun: string };

/** Determines the periods and log groups of a run, and writes them. Writes nothing if the run must wait or end instead. */
export async function startRun(
  request: PlanArchiveRequest,
  input: ValidInput,
  { archive, store, clients, now }: { archive: ArchiveStore; store: RunStore; clients: Clients; now: number },
): Promise<Start> {
  const { parameters, execution } = request;
  validateKeyPrefix(parameters.keyPrefix);
  const activeRun = input.isScheduled ? await findActiveRun(execution, clients) : undefined;
  if (activeRun !== undefined) {
    return { activeRun };
  }
  const checkpoint = await readCheckpoint(input, archive);
  const periods = periodsToArchive(input, parameters, checkpoint, now);
  const waitUntil = findExportableFrom(periods, input, now);
  if (waitUntil !== undefined) {
    return { waitUntil };
  }
  if (checkpoint === undefined && input.isScheduled) {
    await createCheckpoint(periods, request, archive);
  }
  const logGroups = await findLogGroups(request, input, clients);
  await store.writeRun(limitToOneRun(periods, logGroups.length, input, parameters), logGroups);
  return 'STARTED';
}
