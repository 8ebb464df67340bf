import { lookedAtKey, type Period, type ReportedItem } from '@log-archiver/core';
import { isScheduled } from './archive-order';
import type { Run } from './run';

/**
 * A run can take longer than `lookback` reaches, and others stand aside meanwhile; a schedule can be off for weeks, and its
 * frequency be another one then. No period is passed over: a scheduled run goes on where the last one stopped looking.
 */
interface LookedAt {
  /** ISO 8601: the last millisecond of a period. */
  until: string;
  /** The ARN of the execution. */
  execution: string;
}

/** What FAILED of these was not tried, and is to be looked at again, however long ago it was. */
const UNTRIED: (string | null)[] = ['RunFull', 'ExportSlotUnavailable'];

/** The first millisecond that no scheduled run has looked at; `undefined`: none has come to its end. */
export async function notLookedAtSince({
  request,
  files,
}: Pick<Run, 'request' | 'files'>): Promise<number | undefined> {
  const key = lookedAtKey(request.parameters, request.execution);
  return (await files.objects.has(key)) ? Date.parse((await files.objects.read<LookedAt>(key)).until) + 1 : undefined;
}

/** Keeps until when a scheduled run has looked at all periods. */
export async function keepLookedAt(items: ReportedItem[], run: Run): Promise<void> {
  const last = lastLookedAt(run.start.periods, items);
  if (!isScheduled(run.request.request) || last === undefined || last.to < ((await notLookedAtSince(run)) ?? 0)) {
    return;
  }
  const { parameters, execution } = run.request;
  const lookedAt: LookedAt = { until: new Date(last.to).toISOString(), execution: execution.id };
  await run.files.objects.write(lookedAtKey(parameters, execution), lookedAt);
}

function lastLookedAt(periods: Period[], items: ReportedItem[]): Period | undefined {
  const untried = new Set(items.filter(({ error }) => UNTRIED.includes(error)).map(({ period }) => period));
  const first = periods.findIndex(({ name }) => untried.has(name));
  return first === -1 ? periods.at(-1) : periods[first - 1];
}
