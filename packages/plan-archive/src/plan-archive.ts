import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { ArchiverStore } from './archiver-store';
import { planPage } from './page/plan-page';
import { RunReceipts } from './receipts/run-receipts';
import { coversPeriods } from './report/evaluate-run';
import { writeReport } from './report/write-report';
import { parseInput } from './run-input';
import { RunStore } from './run-store';
import { startRun } from './start/start-run';

/** Plans the next step of a run: the next page of exports, a wait, the report, or nothing while an older run is active. */
export async function planArchive(request: PlanArchiveRequest, clients: Clients): Promise<ArchivePage> {
  const now = clients.now();
  const input = parseInput(request, now);
  const archive = new ArchiveStore(clients, request);
  const archiver = new ArchiverStore(clients, request);
  const store = new RunStore(clients, request);
  const receipts = new RunReceipts(request.execution, { archive, archiver });
  const stores = { archive, archiver, store, receipts, clients, now };
  if (request.page === 0) {
    const start = await startRun(request, input, stores);
    if (start !== 'STARTED') {
      return 'activeRun' in start
        ? createResponse({ next: 'STAND_ASIDE', standsAsideFor: start.activeRun })
        : createResponse({ next: 'WAIT', waitUntil: start.waitUntil });
    }
  }
  const run = await store.readRun();
  const page = await planPage(request, input, run, stores);
  if (coversPeriods(input)) {
    await receipts.remember();
  }
  const { next, number, items } = page;
  const summary = next === 'REPORT' ? await writeReport(page, request, input, run, stores) : null;
  return createResponse({ next, number, items, summary });
}

function createResponse(fields: Pick<ArchivePage, 'next'> & Partial<ArchivePage>): ArchivePage {
  return { number: 0, items: [], waitUntil: null, standsAsideFor: null, summary: null, ...fields };
}
