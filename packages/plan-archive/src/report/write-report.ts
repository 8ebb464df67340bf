import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { ArchiveSummary, PlanArchiveRequest } from '@log-archiver/core';
import type { ValidInput } from '../run-input';
import type { PlannedPage, RunStore, StartedRun } from '../run-store';
import { advanceCheckpoint } from '../start/checkpoint';
import { failMissingReceipts } from './missing-receipts';
import { createNotification } from './notification';
import { createPeriodStatus, createReport } from './report';
import { summarize } from './summary';

/** Writes the report and, for runs over all log groups, the status of each period. Returns the summary of the run. */
export async function writeReport(
  lastPage: PlannedPage,
  request: PlanArchiveRequest,
  input: ValidInput,
  run: StartedRun,
  { archive, store }: { archive: ArchiveStore; store: RunStore },
): Promise<ArchiveSummary> {
  const pages: PlannedPage[] = [];
  for (let number = 1; number < lastPage.number; number++) {
    pages.push(await store.readPage(number));
  }
  pages.push(lastPage);
  const planned = pages.flatMap(({ reported }) => reported);
  const entries = await failMissingReceipts(planned, { run, force: input.force, archive, store });
  const report = await store.writeReportOnce(createReport(entries, pages, request, input));
  if (input.logGroups === null && !input.dryRun) {
    for (const { name } of run.periods) {
      await archive.writePeriodStatus(createPeriodStatus(name, report, store.reportKey));
    }
  }
  await advanceCheckpoint(report.items, run.periods, input, archive);
  return {
    ...summarize(report, run.periods, store.reportKey, request.parameters.s3BucketName),
    notification: createNotification(report, store.reportKey, request),
  };
}
