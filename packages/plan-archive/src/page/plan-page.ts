import { findExportTasksSince } from '@log-archiver/aws-clients/export-tasks';
import type { Run } from '../run';
import type { PlannedPage } from '../run-store';
import { START } from '../scan-position';
import { SLOT_PATIENCE, slotUse } from './export-slot';
import { scan } from './next-items';
import { settle } from './outcomes';
import { type Closed, Gate } from './page-builder';
import { PageRoom } from './page-room';

/**
 * A page is 16 events of the execution's history, of which AWS allows 25,000; what is left is for pages on which there is
 * nothing to export.
 */
const MAX_PAGES = 1_000;

/** Before the first page nothing is known. */
const NO_PAGE: Pick<PlannedPage, 'items' | 'again' | 'position' | 'heldMilliseconds'> = {
  items: [],
  again: [],
  position: START,
  heldMilliseconds: 0,
};

/** Plans the page after the last one. Invoked again for the same page, it answers what it planned first. */
export async function planPage(run: Run): Promise<PlannedPage> {
  const { request, order, files, services, now } = run;
  const last = request.page === 0 ? { ...NO_PAGE, plannedAt: now } : await files.readPage(request.page);
  const tasks = last.items.length === 0 ? [] : await findExportTasksSince(last.plannedAt, services);
  const slot = slotUse(tasks, last.plannedAt, now);
  const heldMilliseconds = last.heldMilliseconds + slot.heldMilliseconds;
  const slotTimeLeft = Math.max(0, SLOT_PATIENCE - heldMilliseconds);
  const settled = await settle(last.items, tasks, slotTimeLeft > 0, run);

  const isSlotLost = slotTimeLeft === 0 && slot.isHeld;
  const gate = new Gate(closedFor(request.page, order.dryRun, isSlotLost), new PageRoom(request), now + slotTimeLeft);
  const waiting = gate.passAll([...settled.again, ...last.again]);
  const position = await scan(last.position, gate, run);
  const isOver = gate.items.length === 0 && waiting.length === 0 && position.period >= run.start.periods.length;
  return files.writePage({
    number: request.page + 1,
    next: isOver ? 'REPORT' : 'ARCHIVE',
    plannedAt: now,
    items: gate.items,
    again: waiting,
    position,
    reported: [...settled.reported, ...gate.reported],
    leftovers: settled.leftovers,
    heldMilliseconds,
    slotHolders: slot.holders,
  });
}

function closedFor(page: number, dryRun: boolean, isSlotLost: boolean): Closed {
  if (dryRun) {
    return 'DRY_RUN';
  }
  if (page >= MAX_PAGES) {
    return 'RunFull';
  }
  return isSlotLost ? 'ExportSlotUnavailable' : null;
}
