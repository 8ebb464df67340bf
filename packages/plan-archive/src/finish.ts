import { type ArchiveSummary, periodStatusKey } from '@log-archiver/core';
import { notificationOf } from './notification';
import { periodStatusOf, reportOf } from './report';
import type { Run } from './run';
import type { PlannedPage } from './run-files';
import { summaryOf } from './summary';

/** Writes what a run came to: its report, and, if it was for all log groups, how complete its periods are. */
export async function finish(last: PlannedPage, run: Run): Promise<ArchiveSummary> {
  const { request, order, files, start } = run;
  const pages: PlannedPage[] = [];
  for (let number = 1; number < last.number; number++) {
    pages.push(await files.readPage(number));
  }
  const report = reportOf([...pages, last], run);
  await files.objects.writeOnce(files.reportKey, report);
  if (order.logGroups === null && !order.dryRun) {
    for (const { name } of start.periods) {
      const status = periodStatusOf(name, report, files.reportKey);
      await files.objects.write(periodStatusKey(request.parameters, request.execution, name), status);
    }
  }
  return {
    ...summaryOf(report, start.periods, files.reportKey, request.parameters.s3BucketName),
    notification: notificationOf(report, files.reportKey, request),
  };
}
