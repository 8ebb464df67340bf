import { checkpointKey, type Period, type ReportEntry } from '@log-archiver/core';
import type { Run } from '../run';
import { type ArchiveOrder, isScheduled } from '../run-input';
import { duePeriods } from './periods-to-archive';

/**
 * A run can take longer than `lookback` reaches, and others stand aside meanwhile; a schedule can be off for weeks, and its
 * frequency be another one then. No period is passed over: a scheduled run goes on where the last one stopped looking. What
 * FAILED when it was looked at is tried again within `lookback` alone: it was named, and the run red.
 */
interface LookedAt {
  /** ISO 8601: the last millisecond of a period. */
  until: string;
  /** The ARN of the execution. */
  execution: string;
}

/** What FAILED of these was not tried: it is to be looked at again, however long ago it was. */
const UNTRIED: (string | null)[] = ['RunFull', 'ExportSlotUnavailable'];

/** The periods of a run: those that it is asked for; else the last ones, and what no scheduled run has looked at before them. */
export async function withUnseen(
  periods: Period[],
  order: ArchiveOrder,
  run: Pick<Run, 'request' | 'files' | 'now'>,
): Promise<Period[]> {
  if (order.period !== null || order.logGroups !== null) {
    return periods;
  }
  const since = await notLookedAtSince(run);
  if (since === undefined) {
    await startLooking(periods, order, run);
  }
  return duePeriods(order, run.request.parameters, run.now, since);
}

/** If the first scheduled run does not come to its end, the next one has to know where to go on. */
async function startLooking(
  periods: Period[],
  order: ArchiveOrder,
  run: Pick<Run, 'request' | 'files' | 'now'>,
): Promise<void> {
  const { input: request, execution, parameters } = run.request;
  // One for a time of long ago is not the schedule's: what came after it, nobody has asked for.
  const ofNow = duePeriods({ ...order, scheduledTime: execution.startedAt }, parameters, run.now);
  if (isScheduled(request) && ofNow.at(-1)?.name === periods.at(-1)?.name) {
    await keep((periods[0] as Period).from - 1, run);
  }
}

/** The first millisecond that scheduled runs have not looked at; `undefined`: there has been none. */
async function notLookedAtSince({ request, files }: Pick<Run, 'request' | 'files'>): Promise<number | undefined> {
  const key = checkpointKey(request.parameters, request.execution);
  return (await files.objects.has(key)) ? Date.parse((await files.objects.read<LookedAt>(key)).until) + 1 : undefined;
}

/** Keeps until when a scheduled run has looked at all periods, unless a later one has looked further. */
export async function keepLookedAt(items: ReportEntry[], run: Run): Promise<void> {
  if (isScheduled(run.request.input)) {
    const until = lookedAtUntil(run.start.periods, items);
    const since = await notLookedAtSince(run);
    if (until !== undefined && since !== undefined && until >= since) {
      await keep(until, run);
    }
  }
}

async function keep(until: number, { request, files }: Pick<Run, 'request' | 'files'>): Promise<void> {
  const { parameters, execution } = request;
  const lookedAt: LookedAt = { until: new Date(until).toISOString(), execution: execution.id };
  await files.objects.write(checkpointKey(parameters, execution), lookedAt);
}

/** To the end of the last period before which none was left out or not tried. */
function lookedAtUntil(periods: Period[], items: ReportEntry[]): number | undefined {
  const untried = new Set(items.filter(({ error }) => UNTRIED.includes(error)).map(({ period }) => period));
  let until: number | undefined;
  for (const { name, from, to } of periods) {
    if (untried.has(name) || (until !== undefined && from !== until + 1)) {
      break;
    }
    until = to;
  }
  return until;
}
