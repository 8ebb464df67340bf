import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Cursor, RunStore, StartedRun } from '../run-store';
import { checkEligibility, type EligibilityRules } from './eligibility';
import type { PageBuilder } from './page-builder';

/** Maximum number of entries of a page, so that a page, and all pages of a run, fit into memory. */
const MAX_PAGE_ENTRIES = 10_000;

/**
 * Adds the next items and entries to a page, log group by log group and period by period, and returns the new position.
 *
 * Ends when the page is full, or has enough entries, or the time of the invocation is up. The next page continues there.
 */
export async function collectNextItems(
  from: Cursor,
  page: PageBuilder,
  {
    run,
    archive,
    store,
    rules,
    isTimeUp,
  }: { run: StartedRun; archive: ArchiveStore; store: RunStore; rules: EligibilityRules; isTimeUp: () => boolean },
): Promise<Cursor> {
  let position = from;
  for (let period = run.periods[position.period]; period; period = run.periods[position.period]) {
    const file = run.logGroupFiles[position.file];
    if (file === undefined) {
      position = { period: position.period + 1, file: 0, offset: 0 };
      continue;
    }
    const logGroups = (await store.readLogGroups(file)).slice(position.offset);
    const archived = await archive.findArchived(period.name, logGroups);
    for (const [index, logGroup] of logGroups.entries()) {
      const eligibility = checkEligibility(logGroup, period, archived.has(logGroup), rules);
      if ('entry' in eligibility) {
        page.report(eligibility.entry);
      } else if (page.add(eligibility.item, logGroup.details?.storedBytes ?? null) === 'FULL') {
        return { ...position, offset: position.offset + index };
      }
    }
    position = { period: position.period, file: position.file + 1, offset: 0 };
    if (isTimeUp() || page.entries.length >= MAX_PAGE_ENTRIES) {
      break;
    }
  }
  return position;
}
