import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { findExportTasksSince } from '@log-archiver/aws-clients/export-tasks';
import { INVOCATION_BUDGET_MS, MAX_PAGES, type PlanArchiveRequest, SLOT_WAIT_LIMIT_MS } from '@log-archiver/core';
import type { RunReceipts } from '../receipts/run-receipts';
import type { ValidInput } from '../run-input';
import type { Cursor, PlannedItem, PlannedPage, RunStore, StartedRun } from '../run-store';
import { measureSlotUse } from './export-slot';
import { collectNextItems } from './next-items';
import { applyOutcomes } from './outcomes';
import { type ExportStop, PageBuilder } from './page-builder';
import { splitItem } from './split-item';

const START: Cursor = { block: 0, file: 0, offset: 0 };

type PreviousPage = Pick<
  PlannedPage,
  'plannedAt' | 'items' | 'again' | 'position' | 'heldMilliseconds' | 'usedMilliseconds'
>;

/** Plans the page after the previous one. A repeated invocation returns the page that the first one planned. */
export async function planPage(
  request: PlanArchiveRequest,
  input: ValidInput,
  run: StartedRun,
  {
    archive,
    store,
    receipts,
    clients,
    now,
  }: { archive: ArchiveStore; store: RunStore; receipts: RunReceipts; clients: Clients; now: number },
): Promise<PlannedPage> {
  const { parameters, execution } = request;
  const startedAt = Date.parse(execution.startedAt);
  const previous: PreviousPage =
    request.page === 0
      ? { plannedAt: now, items: [], again: [], position: START, heldMilliseconds: 0, usedMilliseconds: 0 }
      : await store.readPage(request.page);
  const tasks = previous.items.length === 0 ? [] : await findExportTasksSince(previous.plannedAt, clients);
  const slot = measureSlotUse(tasks, previous.plannedAt, now);
  const heldMilliseconds = previous.heldMilliseconds + slot.heldMilliseconds;
  const slotTimeLeft = Math.max(0, SLOT_WAIT_LIMIT_MS - heldMilliseconds);

  const applied = applyOutcomes(previous.items, request.outcomes, tasks, {
    now,
    startedAt,
    slotTimeLeft,
  });
  const again: PlannedItem[] = [];
  for (const step of applied.next) {
    again.push(
      ...('retry' in step ? [step.retry] : await splitItem(step.split, step.into, { parameters, archive, now })),
    );
  }

  const exportStop = findExportStop(request.page, input.dryRun, slotTimeLeft === 0 && slot.isHeld);
  const page = new PageBuilder(request, { exportStop, slotDeadline: now + slotTimeLeft, taskSecret: run.taskSecret });
  const waiting = page.addAll([...again, ...previous.again]);
  const collected = await collectNextItems(previous.position, page, {
    parameters,
    run,
    archive,
    store,
    receipts,
    rules: {
      keyPrefix: parameters.keyPrefix,
      timeZone: parameters.timeZone,
      now,
      force: input.force,
      // A forced run does not adopt a task of an earlier run.
      adoptAfter: input.force ? startedAt : null,
    },
    isTimeUp: () => clients.now() - now > INVOCATION_BUDGET_MS,
  });
  const { position } = collected;
  return store.writePageOnce({
    number: request.page + 1,
    // A Distributed Map over an empty list is not documented. If the time was up before the first item, planning goes on.
    next: page.items.length > 0 ? 'ARCHIVE' : position.block < run.blocks.length ? 'PLAN' : 'REPORT',
    plannedAt: now,
    items: [...page.items],
    again: [...waiting, ...collected.waiting],
    position,
    reported: [...applied.entries, ...page.entries],
    leftovers: applied.orphans,
    heldMilliseconds,
    usedMilliseconds: previous.usedMilliseconds + slot.usedMilliseconds,
    slotHolders: slot.holders,
  });
}

function findExportStop(page: number, dryRun: boolean, isSlotLost: boolean): ExportStop | null {
  if (dryRun) {
    return 'DRY_RUN';
  }
  if (page >= MAX_PAGES) {
    return 'RunFull';
  }
  return isSlotLost ? 'ExportSlotUnavailable' : null;
}
