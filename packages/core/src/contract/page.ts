/** Types of the planner: a page of items, and what the run does next. */
import type { ArchiveItem, ArchiveOutcome } from './item';
import type { ArchiveSummary } from './report';
import type { LogGroupSelector, LogGroupTarget, RunContext, RunInput } from './run';

/** Request to `PlanArchive` for the next page. */
export interface PlanArchiveRequest extends RunContext {
  /** The execution's input, not yet validated. */
  input: RunInput;
  /** Log groups that the definition names. */
  logGroups: LogGroupTarget[];
  selectors: LogGroupSelector[];
  /** The archiver's own log groups, which selectors leave out. */
  ownLogGroupNames: string[];
  /** Number of the previous page; 0 at the start. */
  page: number;
  /**
   * Outcomes of the previous page, in any order. Anything that is not an outcome, such as the result of a crashed child
   * execution, is ignored.
   */
  outcomes: ArchiveOutcome[];
}

/** Response of `PlanArchive`. */
export interface ArchivePage {
  /** `PLAN`: nothing to export on this page, but more to plan. */
  next: 'ARCHIVE' | 'PLAN' | 'WAIT' | 'REPORT' | 'STAND_ASIDE';
  number: number;
  /** Items to export next: at least one if `next` is `ARCHIVE`, otherwise none. */
  items: ArchiveItem[];
  /** ISO 8601; `null` unless `next` is `WAIT`. */
  waitUntil: string | null;
  /** ARN of the active run; `null` unless `next` is `STAND_ASIDE`. */
  standsAsideFor: string | null;
  /** Summary of the run; `null` unless `next` is `REPORT`. */
  summary: ArchiveSummary | null;
}
