import type { ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import {
  type ArchiveItem,
  type ArchiveOutcome,
  exportTaskName,
  type OrphanedTask,
  type PlanArchiveRequest,
  type ReportEntry,
} from '@log-archiver/core';
import type { Run } from '../run';
import { followUp } from './next-attempt';
import { split } from './split-item';

/** Tasks that ended like this may have written objects, and nobody takes them for the archive. */
const UNFINISHED = ['FAILED', 'CANCELLED', 'ExportTaskGivenUp'];

/** What a page came to. */
export interface SettledPage {
  again: ArchiveItem[];
  reported: ReportEntry[];
  leftovers: OrphanedTask[];
}

/** Holds the outcomes of a page against its items, each of which is tried again or reported. */
export async function settle(
  items: ArchiveItem[],
  tasks: ExportTask[],
  isSlotTimeLeft: boolean,
  run: Run,
): Promise<SettledPage> {
  const outcomes = new Map(run.request.outcomes.filter(isOutcome).map((outcome) => [keyOf(outcome), outcome]));
  const settled: SettledPage = { again: [], reported: [], leftovers: [] };
  for (const item of items) {
    const outcome = outcomes.get(keyOf(item));
    const next = followUp(item, outcome, { now: run.now, isSlotTimeLeft });
    if ('again' in next) {
      settled.again.push(next.again);
    } else if ('splitInto' in next) {
      settled.again.push(...(await split(item, next.splitInto, run)));
    } else {
      settled.reported.push(withLostTask(next.reported, item, tasks, run));
    }
    // A task that is tried again by another is named then: the item may take it yet.
    const named = 'reported' in next ? (settled.reported.at(-1)?.taskId ?? null) : null;
    settled.leftovers.push(...leftoverOf(item, outcome), ...otherTasks(item, outcome, named, tasks, run));
  }
  return settled;
}

/** A child execution that died has no outcome, but something. */
function isOutcome(outcome: ArchiveOutcome | null): outcome is ArchiveOutcome {
  return typeof outcome?.logGroupName === 'string' && ['ARCHIVED', 'SKIPPED', 'FAILED'].includes(outcome.status);
}

function keyOf({
  logGroupName,
  period,
  from,
  to,
}: Pick<ArchiveItem, 'logGroupName' | 'period' | 'from' | 'to'>): string {
  return `${period} ${from} ${to} ${logGroupName}`;
}

function leftoverOf(
  { logGroupName, period, destinationPrefix }: ArchiveItem,
  outcome?: ArchiveOutcome,
): OrphanedTask[] {
  if (!outcome?.taskId) {
    return [];
  }
  const { error, taskId } = outcome;
  const unfinished = UNFINISHED.includes(error ?? '') ? `its export task ended with ${error}` : null;
  const why = outcome.leftover ?? unfinished;
  return why === null ? [] : [{ taskId, logGroupName, period, destinationPrefix, why }];
}

/** An answer can be lost, and another task be made: the first had failed by then, or AWS did not show it yet. */
function otherTasks(
  item: ArchiveItem,
  outcome: ArchiveOutcome | undefined,
  named: string | null,
  tasks: ExportTask[],
  { request }: Run,
): OrphanedTask[] {
  const isInReceipt = outcome?.status === 'ARCHIVED' && outcome.leftover === null;
  const other = isInReceipt
    ? `the receipt has another export task of the same: ${named}`
    : `another export task of the same is ${named}: the receipt of a later run says which it has`;
  const { logGroupName, period, destinationPrefix } = item;
  return ownTasks(item, tasks, request)
    .filter(({ taskId }) => taskId !== outcome?.taskId && taskId !== named)
    .filter((task) => named !== null || !mayHaveAll(task))
    .map((task) => {
      const why = mayHaveAll(task) ? other : `its export task ended with ${task.status?.code}`;
      return { taskId: task.taskId ?? '', logGroupName, period, destinationPrefix, why };
    });
}

/** CreateExportTask's answer can be lost for good, and the task be there all the same: whoever looks into it needs its id. */
function withLostTask(reported: ReportEntry, item: ArchiveItem, tasks: ExportTask[], { request }: Run): ReportEntry {
  if (reported.status !== 'FAILED' || reported.taskId !== null) {
    return reported;
  }
  const lost = ownTasks(item, tasks, request).find(mayHaveAll);
  return lost ? { ...reported, taskId: lost.taskId ?? null, destinationPrefix: item.destinationPrefix } : reported;
}

function mayHaveAll({ status }: ExportTask): boolean {
  return ['PENDING', 'RUNNING', 'COMPLETED'].includes(status?.code ?? '');
}

/** The tasks of an item that were made in this run. */
function ownTasks(item: ArchiveItem, tasks: ExportTask[], { parameters, execution }: PlanArchiveRequest): ExportTask[] {
  const taskName = exportTaskName(item, parameters.s3BucketName);
  return tasks.filter(
    (task) => task.taskName === taskName && (task.executionInfo?.creationTime ?? 0) >= Date.parse(execution.startedAt),
  );
}
