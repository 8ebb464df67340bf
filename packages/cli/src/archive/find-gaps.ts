import {
  type ArchiveReceipt,
  currentPeriod,
  type Granularity,
  joinRanges,
  type Period,
  type PeriodStatus,
  type Range,
  toIsoTime,
  truncate,
} from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { parseReceiptFolder } from '@log-archiver/verify-archive/keys';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import type { LogGroupArchive } from './open-log-group';
import { parseValidPeriod } from './parse-valid-period';
import { overlaps, parseRange, subtractRanges } from './ranges';
import { readStatuses } from './read-statuses';

/** A range without a receipt, or whose events were lost. */
export interface Gap extends Range {
  readonly reason: string;
}

/** Calendar of an archive: its periods are months or days of a time zone. */
interface Calendar {
  readonly timeZone: string;
  readonly granularity: Granularity;
}

const MAX_CAUSE_CHARACTERS = 200;

/** Finds the parts of the requested range that the archive does not cover, each with its reason. */
export async function findGaps(bucket: ArchiveBucket, archive: LogGroupArchive, now: number): Promise<Gap[]> {
  const { sources, periods } = archive;
  const receipts = sources.map(({ receipt }) => receipt);
  const calendar = findCalendar(receipts, periods);
  const named = periods.flatMap(({ period }) => parseValidPeriod(period, calendar.timeZone) ?? []);
  const known = { from: Math.min(...named.map(({ from }) => from)), to: Math.max(...named.map(({ to }) => to)) };
  const range = limitRange(archive, known);
  const missing = subtractRanges([range], joinRanges(sources.flatMap(({ complete }) => complete)));
  const gaps: Gap[] = [];
  for (const { from, to } of missing) {
    for (let start = from; start <= to; ) {
      const period = currentPeriod(start, calendar.timeZone, calendar.granularity);
      let end = Math.min(period.to, to);
      let reason: string;
      if (start < known.from) {
        end = Math.min(known.from - 1, to);
        reason = 'the archive has no earlier period';
      } else if (start > known.to && period.to >= now) {
        end = to;
        reason = 'not over yet';
      } else if (start > known.to) {
        reason = 'not archived yet';
      } else {
        reason = await explain(bucket, archive, period, { from: start, to: end });
      }
      addGap(gaps, { from: start, to: end, reason });
      start = end + 1;
    }
  }
  return gaps;
}

/** Returns the requested range. An end that the user left open is that of the receipts, or else of the archive. */
function limitRange({ range, sources }: LogGroupArchive, known: Range): Range {
  const archived = sources.map(({ receipt }) => parseRange(receipt));
  const ends = archived.length > 0 ? archived : [known];
  const from = Math.min(range.to, ...ends.map((each) => each.from));
  const to = Math.max(range.from, ...ends.map((each) => each.to));
  return {
    from: range.from === Number.NEGATIVE_INFINITY ? from : range.from,
    to: range.to === Number.POSITIVE_INFINITY ? to : range.to,
  };
}

/** Returns the calendar of the newest receipt, or of the newest period. */
function findCalendar(receipts: readonly ArchiveReceipt[], periods: readonly FoundPeriod[]): Calendar {
  const [newest] = receipts.toSorted((one, other) => (one.from > other.from ? -1 : 1));
  const [folder] = periods
    .toSorted((one, other) => (one.period > other.period ? -1 : 1))
    .flatMap(({ folders }) => folders.flatMap((each) => parseReceiptFolder(each) ?? []))
    .filter((each) => parseValidPeriod(each.period, each.timeZone) !== undefined);
  const { timeZone, period } = newest ?? folder ?? { timeZone: 'UTC', period: '2026-01' };
  return { timeZone, granularity: period.length === 'YYYY-MM'.length ? 'MONTHLY' : 'DAILY' };
}

async function explain(
  bucket: ArchiveBucket,
  { logGroupName, periods, sources }: LogGroupArchive,
  { name }: Period,
  part: Range,
): Promise<string> {
  const isLost = (loss: { from: string; to: string }) => overlaps(parseRange(loss), part);
  const lost = sources.flatMap(({ receipt }) => receipt.losses).find(isLost);
  if (lost) {
    return `LOST (${lost.cause})`;
  }
  const statuses: Partial<PeriodStatus>[] = [];
  for (const period of periods.filter((each) => each.period === name)) {
    statuses.push(...(await readStatuses(bucket, period)));
  }
  for (const { losses = [], failures = [] } of statuses) {
    const loss = losses.find((each) => each.logGroupName === logGroupName && isLost(each));
    if (loss) {
      return `LOST (${loss.cause})`;
    }
    const failure = failures.find((each) => each.logGroupName === logGroupName);
    if (failure) {
      return `FAILED (${failure.error}: ${truncate(failure.cause ?? '', MAX_CAUSE_CHARACTERS)})`;
    }
  }
  const described = statuses.map(({ status }) => status).join(', ');
  return described === ''
    ? `no receipt in period ${name}, of which no run has reported a status`
    : `no receipt in period ${name}, which is ${described}: the log group was not selected, or did not exist`;
}

/** Adds a gap. Gaps with the same reason that follow each other become one. */
function addGap(gaps: Gap[], gap: Gap) {
  const last = gaps.at(-1);
  if (last && last.to + 1 === gap.from && last.reason === gap.reason) {
    gaps.splice(-1, 1, { ...last, to: gap.to });
  } else {
    gaps.push(gap);
  }
}

/** Formats a gap as one line. */
export function formatGap({ from, to, reason }: Gap): string {
  return `missing: ${toIsoTime(from)} to ${toIsoTime(to)}: ${reason}`;
}
