import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { type Period, type ReportEntry, type RunContext, settledPeriods } from '@log-archiver/core';
import type { ValidInput } from '../run-input';

/** Errors of entries whose export was not tried. Their periods must be checked again, however old they are. */
const NOT_TRIED: (string | null)[] = ['RunFull', 'ExportSlotUnavailable'];

/**
 * Returns the checkpoint, for a run over the periods and log groups of the definition.
 *
 * A run can take longer than `lookback` reaches, and other runs do not start before its end. A schedule can be disabled
 * for weeks, and have another granularity afterwards. With the checkpoint, no period is missed: a scheduled run continues
 * where the last one stopped checking. A failed period is retried only while it is among the last `lookback`: its run
 * failed and named it.
 */
export async function readCheckpoint(
  { period, logGroups }: Pick<ValidInput, 'period' | 'logGroups'>,
  archive: ArchiveStore,
): Promise<number | undefined> {
  return period === null && logGroups === null ? archive.readCheckpoint() : undefined;
}

/**
 * Writes the first checkpoint, so that the next run knows where to continue if the first scheduled run fails.
 *
 * A run started by hand for an old date must not set the checkpoint: later periods would count as checked.
 */
export async function createCheckpoint(
  periods: Period[],
  { parameters, execution }: RunContext,
  archive: ArchiveStore,
): Promise<void> {
  const { timeZone, frequency, settleHours } = parameters;
  const [latest] = settledPeriods(execution.startedAt, timeZone, frequency, settleHours, 1);
  if (latest?.name === periods.at(-1)?.name) {
    await archive.writeCheckpoint((periods[0] as Period).from - 1);
  }
}

/** Moves the checkpoint to the end of the periods that a scheduled run has checked, unless it is later already. */
export async function advanceCheckpoint(
  entries: ReportEntry[],
  periods: Period[],
  { isScheduled }: Pick<ValidInput, 'isScheduled'>,
  archive: ArchiveStore,
): Promise<void> {
  if (isScheduled) {
    const checkedUntil = findCheckedUntil(periods, entries);
    const checkpoint = await archive.readCheckpoint();
    if (checkedUntil !== undefined && checkpoint !== undefined && checkedUntil > checkpoint) {
      await archive.writeCheckpoint(checkedUntil);
    }
  }
}

/** Returns the end of the last period before which no period was left out or not tried. */
function findCheckedUntil(periods: Period[], entries: ReportEntry[]): number | undefined {
  const notTried = new Set(entries.filter(({ error }) => NOT_TRIED.includes(error)).map(({ period }) => period));
  let checkedUntil: number | undefined;
  for (const { name, from, to } of periods) {
    if (notTried.has(name) || (checkedUntil !== undefined && from !== checkedUntil + 1)) {
      break;
    }
    checkedUntil = to;
  }
  return checkedUntil;
}
