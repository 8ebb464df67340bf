import { type DryRunEstimate, formatDuration, REASONS } from '@log-archiver/core';
import Table from 'cli-table3';
import type { RunResult } from './run-archiver';
import type { DemoResult } from './run-demo';
import { shortenCause } from './shorten-cause';

/** Maximum number of rows of the table, and of lines about failures, losses or warnings. */
const MAX_ROWS = 40;
const MAX_LINES = 10;

/** Formats the result for people. */
export function formatResult(result: DemoResult): string {
  const { plan, run } = result;
  if (plan === null) {
    return `Nothing was archived. ${shortenCause(run.cause ?? '')}`;
  }
  return [
    formatPlan(plan),
    ...formatRun(result),
    ...formatComparison(result),
    ...formatSecondRun(result),
    ...(result.page === null ? [] : [`The page of ${result.periods.at(-1)}: ${result.page}`]),
    `The archive is in ${result.bucket}`,
  ].join('\n');
}

/** Whether the first run archived everything, all objects match their receipts, and the second run found nothing to do. */
export function isComplete(result: DemoResult): boolean {
  return isArchived(result) && isIdle(result.secondRun);
}

function isArchived({ run, logGroups, eventsPutIn, eventsInArchive }: DemoResult): boolean {
  return (
    run.execution === 'SUCCEEDED' &&
    eventsPutIn === eventsInArchive &&
    logGroups.every(({ agrees }) => agrees !== false)
  );
}

function isIdle({ execution, exports }: RunResult): boolean {
  return execution === 'SUCCEEDED' && exports === 0;
}

function formatPlan({ exports, storedBytes, stateTransitions }: DryRunEstimate): string {
  return `Plan: ${plural(exports, 'export')} from ${storedBytes} stored bytes, about ${stateTransitions} state transitions.`;
}

function formatRun({ run, logGroups, leftovers, warnings }: DemoResult): string[] {
  const table = new Table({
    head: ['period', 'log group', 'outcome', 'events', 'objects', 'bytes'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of selectRows(logGroups)) {
    table.push([row.period, row.logGroupName, formatOutcome(row), row.events, row.objects, row.bytes]);
  }
  return [
    ...(logGroups.length === 0 ? [] : [table.toString()]),
    ...(logGroups.length > table.length
      ? [`The table has ${table.length} of ${logGroups.length} rows. --json prints all.`]
      : []),
    ...formatReasons(logGroups),
    `The run ended with ${run.execution}: ${formatEffort(run)}.`,
    ...(run.cause === undefined ? [] : [shortenCause(run.cause)]),
    ...(Object.keys(run.errors).length === 0 ? [] : [`Errors during the run: ${formatCounts(run.errors)}.`]),
    ...limitLines(logGroups.flatMap(formatFailure)),
    ...limitLines(logGroups.flatMap(formatLosses)),
    ...limitLines(
      warnings.map(
        ({ type, subject, message }) => `Warning ${type}: ${subject === '' ? '' : `${subject}: `}${message}.`,
      ),
    ),
    ...limitLines(
      leftovers.map(
        ({ logGroupName, period, why }) => `Orphaned task, not part of the archive: ${period} ${logGroupName}, ${why}.`,
      ),
    ),
  ];
}

/** Selects the rows of the table. If there are too many, those without a skipped log group. */
function selectRows(logGroups: DemoResult['logGroups']): DemoResult['logGroups'] {
  return logGroups.length <= MAX_ROWS
    ? logGroups
    : logGroups.filter(({ status }) => status !== 'SKIPPED').slice(0, MAX_ROWS);
}

function limitLines(lines: string[]): string[] {
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `${more} more lines like this. --json prints all.`] : lines;
}

function formatFailure({ status, error, cause, period, logGroupName }: DemoResult['logGroups'][number]): string[] {
  return status === 'FAILED' ? [`Failed: ${period} ${logGroupName}, ${error}: ${shortenCause(cause ?? '')}.`] : [];
}

/** Formats what the reasons in the table mean, each once. */
function formatReasons(logGroups: DemoResult['logGroups']): string[] {
  const reasons = new Set(logGroups.map(({ error }) => error));
  return Object.entries(REASONS)
    .filter(([reason]) => reasons.has(reason))
    .map(([reason, text]) => `${reason}: ${text}.`);
}

function formatLosses({ period, logGroupName, losses }: DemoResult['logGroups'][number]): string[] {
  return losses.map(({ cause, from, to }) => `Lost: ${period} ${logGroupName}, ${from} to ${to}, ${cause}.`);
}

/** Formats the status, with its reason if there is one. */
function formatOutcome({ status, error, tasks }: DemoResult['logGroups'][number]): string {
  const parts = tasks > 1 ? ` in ${tasks} parts` : '';
  return error === null ? `${status}${parts}` : `${status} (${error})`;
}

function formatComparison(result: DemoResult): string[] {
  const { periods, timeZone, receipts, logGroups, eventsPutIn, eventsInArchive } = result;
  const label = `Events of ${formatPeriods(periods)} (${timeZone}) in the log groups: `;
  const mismatches = logGroups.filter(({ agrees }) => agrees === false).length;
  const match = mismatches === 0 ? 'all objects match them' : `THE OBJECTS OF ${mismatches} DO NOT MATCH`;
  return [
    `${plural(receipts.count, 'receipt')} under ${receipts.prefix}${receipts.count === 0 ? '' : `; ${match}`}.`,
    `${label}${eventsPutIn}`,
    `${'Events found through the receipts: '.padEnd(label.length)}${eventsInArchive}`,
    ...(eventsPutIn === eventsInArchive ? [] : ['THE COUNTS DIFFER.']),
    ...(isArchived(result) ? ['The archive is complete.'] : []),
  ];
}

function formatSecondRun(result: DemoResult): string[] {
  const { run, secondRun, eventsPutIn } = result;
  const counts = `${formatCounts(secondRun.outcomes)}; ${formatEffort(secondRun)}`;
  if (isIdle(secondRun)) {
    return [`A second run finds nothing to do: ${counts}.`];
  }
  return [
    `A second run, for the rest, ended with ${secondRun.execution}: ${counts}.`,
    ...(secondRun.cause === undefined ? [] : [shortenCause(secondRun.cause)]),
    `Events found after it: ${secondRun.eventsInArchive} of ${eventsPutIn}.`,
    ...(run.execution === 'SUCCEEDED' ? [] : [formatAdvice(result)]),
  ];
}

/** Formats the advice for the same failure on AWS. */
function formatAdvice({ secondRun }: DemoResult): string {
  return secondRun.execution === 'SUCCEEDED'
    ? 'On AWS, the schedule starts the second run on the next day. No action is needed.'
    : 'It will not recover on its own: docs/runbook.md explains each error.';
}

function formatPeriods(periods: string[]): string {
  return [...new Set([periods[0], periods.at(-1)])].join(' to ');
}

function formatEffort({ exports, stateTransitions, seconds }: RunResult): string {
  return `${plural(exports, 'export')}, ${stateTransitions} state transitions, ${formatDuration(seconds)} of virtual time`;
}

function formatCounts(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ');
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
