import { type Period, type PeriodStatus, type RunContext, settledPeriods, toIsoTime } from '@log-archiver/core';
import type { ArchiverStore, Checkpoint } from '../archiver-store';

/**
 * Writes the first checkpoint, so that the next run knows where to continue if the first scheduled run fails.
 *
 * A run started by hand for an old date must not set the checkpoint: later periods would count as checked.
 */
export async function createCheckpoint(
  periods: readonly Period[],
  { parameters, execution }: RunContext,
  archiver: ArchiverStore,
): Promise<void> {
  const { timeZone, frequency, settleHours } = parameters;
  const [latest] = settledPeriods(execution.startedAt, timeZone, frequency, settleHours, 1);
  if (latest?.name === periods.at(-1)?.name) {
    const until = toIsoTime((periods[0] as Period).from - 1);
    await archiver.writeCheckpoint({ until, incomplete: [], warnings: [], split: [] });
  }
}

/** Results of a run over all log groups that the next runs depend on. */
export interface RunResults {
  /** Oldest first. */
  periods: readonly Period[];
  statuses: readonly Pick<PeriodStatus, 'period' | 'status'>[];
  /** Keys of the warnings that apply. */
  warnings: readonly string[];
  /** Log groups that were exported, by name: whether the last export was split. */
  exported: ReadonlyMap<string, boolean>;
}

/**
 * Updates the checkpoint after a run over all log groups.
 *
 * A run can take longer than `lookback` reaches, and other runs do not start before its end. A schedule can be disabled
 * for weeks, and have another granularity afterwards. With the checkpoint, no period is missed: a scheduled run continues
 * where the last one stopped, and returns to each incomplete period. Other runs only correct which periods are incomplete.
 */
export async function updateCheckpoint(
  results: RunResults,
  isScheduled: boolean,
  archiver: ArchiverStore,
): Promise<void> {
  const checkpoint = await archiver.readCheckpoint();
  if (checkpoint !== undefined) {
    const incomplete = updateIncomplete(checkpoint, results.statuses);
    await archiver.writeCheckpoint(
      isScheduled ? advance(checkpoint, results, incomplete) : { ...checkpoint, incomplete },
    );
  }
}

function advance(
  { until, split }: Checkpoint,
  { periods, warnings, exported }: RunResults,
  incomplete: string[],
): Parameters<ArchiverStore['writeCheckpoint']>[0] {
  const newlySplit = [...exported].filter(([, isSplit]) => isSplit).map(([name]) => name);
  return {
    until: advanceEnd(until, periods),
    incomplete,
    warnings: [...warnings],
    split: [...split.filter((name) => !exported.has(name)), ...newlySplit],
  };
}

/** Returns the end of the last period before which no period was left out. */
function advanceEnd(until: string, periods: readonly Period[]): string {
  let end = Date.parse(until);
  for (const { from, to } of periods) {
    if (from > end + 1) {
      break;
    }
    end = Math.max(end, to);
  }
  return toIsoTime(end);
}

/** Returns the incomplete periods: first those that the run did not check, then those that are incomplete after it. */
function updateIncomplete({ incomplete }: Checkpoint, statuses: RunResults['statuses']): string[] {
  const checked = statuses.map(({ period }) => period);
  return [
    ...incomplete.filter((period) => !checked.includes(period)),
    ...statuses.filter(({ status }) => status === 'INCOMPLETE').map(({ period }) => period),
  ];
}
