import { type ArchiveSummary, periodStatusKey } from '@log-archiver/core';
import type { Run } from '../run';
import type { PlannedPage } from '../run-store';
import { keepLookedAt } from '../start/checkpoint';
import { failPartsWithoutReceipt } from './missing-receipts';
import { notificationOf } from './notification';
import { periodStatusOf, reportOf } from './report';
import { summaryOf } from './summary';

/** Writes what a run came to: its report, and, if it was for all log groups, how complete its periods are. */
export async function finish(last: PlannedPage, run: Run): Promise<ArchiveSummary> {
  const { request, order, files, start } = run;
  const pages: PlannedPage[] = [];
  for (let number = 1; number < last.number; number++) {
    pages.push(await files.readPage(number));
  }
  pages.push(last);
  const lines = pages.flatMap(({ reported }) => reported);
  const items = await failPartsWithoutReceipt(lines, run);
  const report = await files.objects.writeOnce(files.reportKey, reportOf(items, pages, run));
  if (order.logGroups === null && !order.dryRun) {
    for (const { name } of start.periods) {
      const status = periodStatusOf(name, report, files.reportKey);
      await files.objects.write(periodStatusKey(request.parameters, request.execution, name), status);
    }
  }
  await keepLookedAt(report.items, run);
  return {
    ...summaryOf(report, start.periods, files.reportKey, request.parameters.s3BucketName),
    notification: notificationOf(report, files.reportKey, request),
  };
}
