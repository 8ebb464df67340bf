import type { ArchiveReport, Loss, PeriodLoss, PeriodStatus, Range, ReportEntry, RunInput } from '@log-archiver/core';
import type { Execution } from '@log-archiver/local-aws';
import { type Archive, hasReported, isScheduled } from './archive';
import type { ArchiverTraits } from './archivers';
import type { Incarnation, PutEvent, Simulation } from './simulate';

type ExecutionResult = Awaited<Execution['result']>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOKYO_OFFSET_HOURS = 9;
/** Classes that CloudWatch Logs does not export. */
const NOT_EXPORTABLE = ['DELIVERY'];

/**
 * Expects the strongest promise of an archiver: no silent loss.
 *
 * Every event that a scheduled run could have seen is in the archive, or in the range of a loss that the status of its
 * period has, or its log group failed. Periods that no run has checked yet, or that are not over, have no status.
 *
 * Every event that the run which wrote the status `COMPLETE` could have seen is in the archive.
 */
export function expectNoSilentLoss(simulation: Simulation, archive: Archive) {
  for (const archiver of simulation.archivers) {
    const statuses = archive.findPeriodStatuses(archiver.stateMachine.stateMachineArn);
    const { executions } = archiver.stateMachine;
    const listings = findListings(executions.filter(({ input }) => isScheduled(input as RunInput)));
    for (const [period, status] of statuses) {
      const ofPeriod = simulation.putEvents
        .filter((event) => findPeriod(event, archiver.traits, period.length) === period)
        .filter(({ logGroup }) => isSelected(logGroup, archiver.traits));
      const seen = ofPeriod.filter((event) => isSeen(event, listings));
      const unaccounted = seen.filter((event) => !isAccountedFor(event, status, archive, archiver.traits));
      expect(unaccounted.map((event) => `${period} ${status.status} ${formatLine(event)}`)).toEqual([]);
      if (status.complete) {
        const own = findListings(executions.filter(({ executionArn }) => executionArn === status.execution));
        const missing = ofPeriod
          .filter((event) => isSeen(event, [...listings, ...own]))
          .filter((event) => !isArchived(event, status, archive, archiver.traits));
        expect(missing.map((event) => `${period} is complete without ${formatLine(event)}`)).toEqual([]);
      }
    }
  }
}

/** Expects that scheduled runs leave no period out, from the first one that reported to the last one. */
export async function expectEveryPeriodChecked({ archivers, days }: Simulation, archive: Archive) {
  for (const { traits, stateMachine } of archivers) {
    const statuses = archive.findPeriodStatuses(stateMachine.stateMachineArn);
    const reports = await archive.findScheduledReports(stateMachine.executions);
    const runDays = reports.map(({ request }) =>
      days.find(Date.parse(request.scheduledTime ?? '') - traits.hoursBehind * HOUR_MS),
    );
    const [first, last] = [Math.min(...runDays), Math.max(...runDays)];
    const missing = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
      .map((day) => days.settledPeriod(day))
      .filter((period) => days.periods.includes(period) && !statuses.has(period));
    expect(missing).toEqual([]);
  }
}

/** Expects that a scheduled run returns to each period that was incomplete when it started. */
export async function expectIncompleteRetried(simulation: Simulation, archive: Archive) {
  for (const { stateMachine } of simulation.archivers) {
    const last = (await archive.findScheduledReports(stateMachine.executions)).at(-1);
    const forgotten = [...archive.findPeriodStatuses(stateMachine.stateMachineArn).values()].filter(
      ({ status, asOf }) => status === 'INCOMPLETE' && last !== undefined && asOf < last.startedAt,
    );
    expect(forgotten.map(({ period }) => period)).toEqual([]);
  }
}

/**
 * Expects that a loss of a period is new only once, unless the run that found it was dry, or broke off after its report.
 *
 * Losses of two periods can overlap: events that are older than their log group belong to the period of its creation, and a
 * log group of the same name can have lost the same time before.
 */
export async function expectLossesReportedOnce(simulation: Simulation, archive: Archive) {
  for (const { stateMachine } of simulation.archivers) {
    const results = await Promise.all(stateMachine.executions.map(({ result }) => result));
    const told = stateMachine.executions.filter((_, index) => hasReported(results[index] as ExecutionResult));
    const reports = archive.reports
      .filter(({ status, execution }) => status !== 'DRY_RUN' && told.some((run) => run.executionArn === execution))
      .toSorted((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt));
    for (const [index, report] of reports.entries()) {
      const later = reports.slice(index + 1).filter(({ startedAt }) => startedAt > report.finishedAt);
      const again = later.flatMap((other) => other.newLosses.filter((loss) => isReported(loss, other, report)));
      expect(again).toEqual([]);
    }
  }
}

export function formatLine({ timestamp, message }: Pick<PutEvent, 'timestamp' | 'message'>): string {
  return `${new Date(timestamp).toISOString()} ${message}`;
}

export function isWithinLoss({ timestamp }: Pick<PutEvent, 'timestamp'>, losses: readonly Loss[]): boolean {
  return losses.some(({ from, to }) => timestamp >= Date.parse(from) && timestamp <= Date.parse(to));
}

/** Returns the times in which runs listed the log groups: from their start to the first answer of the planner. */
function findListings(executions: readonly Execution[]): Range[] {
  return executions.flatMap(({ startDate, events }) =>
    events
      .filter(({ type, state }) => type === 'StateExited' && state?.name === 'PlanArchive')
      .slice(0, 1)
      .map(({ timestamp }) => ({ from: startDate, to: timestamp })),
  );
}

function isSeen(event: PutEvent, listings: readonly Range[]): boolean {
  return listings.some(({ from, to }) => couldSee(event, from) && couldSee(event, to));
}

/** Whether an earlier report has a loss of a report in the same period. */
function isReported(loss: PeriodLoss, report: ArchiveReport, earlier: ArchiveReport): boolean {
  const periods = findPeriods(loss, report);
  return earlier.newLosses.some(
    (other) =>
      other.logGroupName === loss.logGroupName &&
      loss.from >= other.from &&
      loss.to <= other.to &&
      findPeriods(other, earlier).some((period) => periods.includes(period)),
  );
}

/** Returns the periods whose entries in a report have a loss, or a part of it. */
function findPeriods({ logGroupName, cause, from, to }: PeriodLoss, { items }: ArchiveReport): string[] {
  return items
    .filter((item) => item.logGroupName === logGroupName)
    .filter(({ losses }) => losses.some((loss) => loss.cause === cause && loss.from <= to && loss.to >= from))
    .map(({ period }) => period);
}

/** Returns the period of an event. Events that are older than their log group belong to the period of its creation. */
function findPeriod({ timestamp, logGroup }: PutEvent, { hoursBehind }: ArchiverTraits, length: number): string {
  const local = Math.max(timestamp, logGroup.createdAt) + (TOKYO_OFFSET_HOURS - hoursBehind) * HOUR_MS;
  return new Date(local).toISOString().slice(0, length);
}

function isSelected({ logGroupName, logGroupClass }: Incarnation, { selects }: ArchiverTraits): boolean {
  return logGroupName.startsWith(selects) && !NOT_EXPORTABLE.includes(logGroupClass);
}

/** Whether a listing of log groups at an instant shows the log group of an event, and the event is retained. */
function couldSee({ putAt, timestamp, logGroup }: PutEvent, at: number): boolean {
  const { createdAt, deletedAt, retention } = logGroup;
  const isRemoved = retention.some(({ since, days }, index) => {
    const until = Math.min(at, retention[index + 1]?.since ?? at);
    return since <= at && timestamp < until - days * DAY_MS;
  });
  return putAt <= at && createdAt <= at && at < deletedAt && !isRemoved;
}

function isAccountedFor(event: PutEvent, status: PeriodStatus, archive: Archive, traits: ArchiverTraits): boolean {
  const { logGroupName } = event.logGroup;
  const isOfLogGroup = (each: Pick<ReportEntry, 'logGroupName'>) => each.logGroupName === logGroupName;
  return (
    isWithinLoss(event, status.losses.filter(isOfLogGroup)) ||
    status.failures.some(isOfLogGroup) ||
    isArchived(event, status, archive, traits)
  );
}

function isArchived(event: PutEvent, { period }: PeriodStatus, archive: Archive, traits: ArchiverTraits): boolean {
  return archive.hasLine(traits, event.logGroup.logGroupName, period, formatLine(event));
}
