import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { writeMetrics } from '@log-archiver/aws-clients/write-metrics';
import { getStateMachineName, type PlanArchiveRequest, validateKeyPrefix } from '@log-archiver/core';
import type { ArchiverStore } from '../archiver-store';
import { findUnfinished, measureLag } from '../metrics/lag';
import type { ValidInput } from '../run-input';
import type { RunStore } from '../run-store';
import { findActiveRun } from './active-run';
import { createCheckpoint } from './checkpoint';
import { type FoundLogGroups, findLogGroups } from './find-log-groups';
import {
  findExportableFrom,
  limitToOneRun,
  type PeriodsToArchive,
  periodsToArchive,
  sortByAge,
} from './periods-to-archive';
import { rememberLogGroups } from './seen-log-groups';
import { findWarnings } from './warnings';
import { groupByRetention, orderByDeadline } from './work-order';

/** Result of a start: the run started, waits until an instant in ISO 8601, or ends because an older run is active. */
type Start = 'STARTED' | { readonly waitUntil: string } | { readonly activeRun: string };

interface Stores {
  archive: ArchiveStore;
  archiver: ArchiverStore;
  store: RunStore;
  clients: Clients;
  now: number;
}

/**
 * Determines the periods and log groups of a run, and writes them.
 *
 * Writes nothing if the run must wait. A scheduled run that ends because an older one is active still remembers the log
 * groups: otherwise, one that exists only while a run of many days is active would never be seen.
 */
export async function startRun(request: PlanArchiveRequest, input: ValidInput, stores: Stores): Promise<Start> {
  const { archiver, clients, now } = stores;
  const { parameters, execution } = request;
  validateKeyPrefix(parameters.keyPrefix);
  const activeRun = input.isScheduled ? await findActiveRun(execution, clients) : undefined;
  const checkpoint = input.period === null ? await archiver.readCheckpoint() : undefined;
  const periods = periodsToArchive(input, parameters, input.logGroups === null ? checkpoint : undefined, now);
  const waitUntil = findExportableFrom(periods, input, now);
  if (waitUntil !== undefined) {
    return { waitUntil };
  }
  if (checkpoint === undefined && input.isScheduled) {
    await createCheckpoint(periods.required, request, archiver);
  }
  const { split = [] } = checkpoint ?? (await archiver.readCheckpoint()) ?? {};
  const known = { seen: await archiver.readSeenLogGroups(), split };
  const found = await findLogGroups(request, input, known, { logs: clients.logs, wait: clients.wait, now });
  if (input.isScheduled) {
    const [oldest] = sortByAge([...periods.required, ...periods.others]);
    await archiver.writeSeenLogGroups(rememberLogGroups(found.logGroups, oldest?.from ?? now, now));
  }
  if (activeRun !== undefined) {
    await writeLag(request, found, periods, stores);
    return { activeRun };
  }
  await writeRun(request, input, found, periods, stores);
  return 'STARTED';
}

async function writeRun(
  { parameters }: PlanArchiveRequest,
  input: ValidInput,
  found: FoundLogGroups,
  candidates: PeriodsToArchive,
  { archiver, store, now }: Stores,
): Promise<void> {
  const { logGroups } = found;
  const periods = limitToOneRun(candidates, logGroups.length, input);
  const classes = groupByRetention(logGroups);
  const files = await store.writeLogGroups(classes.map((ofClass) => ofClass.logGroups));
  const blocks = orderByDeadline(
    periods,
    classes.map(({ retentionInDays }, index) => ({ retentionInDays, logGroups: files[index] as string[] })),
  );
  await store.writeRunOnce({
    periods,
    blocks,
    logGroupFiles: files.flat(),
    warnings: findWarnings(found, parameters, now),
    // A dry run exports nothing, and writes only its report.
    taskSecret: input.dryRun ? '' : await archiver.readTaskSecret(),
  });
}

/** Measures how far the archiver is behind. While a run is active for days, its own metrics are not written yet. */
async function writeLag(
  { parameters, execution }: PlanArchiveRequest,
  { logGroups }: FoundLogGroups,
  { required, others }: PeriodsToArchive,
  { archive, clients, now }: Stores,
): Promise<void> {
  const unfinished = await findUnfinished([...required, ...others], logGroups, archive, parameters, now);
  writeMetrics(measureLag(unfinished, now), getStateMachineName(execution), clients, now);
}
