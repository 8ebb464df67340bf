import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { type ArchivePage, type PlanArchiveRequest, validateKeyPrefix } from '@log-archiver/core';
import { planPage } from './page/plan-page';
import { finish } from './report/write-report';
import { type ArchiveOrder, readOrder } from './run-input';
import { RunFiles } from './run-store';
import { findOlderRun } from './start/active-run';
import { withUnseen } from './start/checkpoint';
import { findLogGroups } from './start/find-log-groups';
import { duePeriods, waitUntil } from './start/periods-to-archive';
import { periodsOfOneRun } from './start/validate-run-size';

/** Plans the next page of a run: what is exported next, or that it waits, stands aside for another one, or is over. */
export async function planArchive(request: PlanArchiveRequest, services: Clients): Promise<ArchivePage> {
  const now = services.now();
  const order = readOrder(request, now);
  const files = new RunFiles(request, services);
  const instead = request.page === 0 ? await start(request, order, files, services, now) : null;
  if (instead) {
    return instead;
  }
  const run = { request, order, start: await files.readStart(), files, services, now };
  const page = await planPage(run);
  const summary = page.next === 'REPORT' ? await finish(page, run) : null;
  return answer({ next: page.next, number: page.number, items: page.items, summary });
}

/** Finds what the run is to archive; answers what is to happen instead, if something is. */
async function start(
  request: PlanArchiveRequest,
  order: ArchiveOrder,
  files: RunFiles,
  services: Clients,
  now: number,
): Promise<ArchivePage | null> {
  const { parameters } = request;
  validateKeyPrefix(parameters.keyPrefix);
  const periods = duePeriods(order, parameters, now);
  const olderRun = await findOlderRun(request, services);
  if (olderRun !== null) {
    return answer({ next: 'STAND_ASIDE', standsAsideFor: olderRun });
  }
  const exportable = waitUntil(order, periods, now);
  if (exportable !== null) {
    return answer({ next: 'WAIT', waitUntil: exportable });
  }
  const all = await withUnseen(periods, order, { request, files, now });
  const logGroups = await findLogGroups(request, order, services);
  await files.start(periodsOfOneRun(all, logGroups.length, order.period, parameters.lookback), logGroups);
  return null;
}

function answer(page: Pick<ArchivePage, 'next'> & Partial<ArchivePage>): ArchivePage {
  return { number: 0, items: [], waitUntil: null, standsAsideFor: null, summary: null, ...page };
}
