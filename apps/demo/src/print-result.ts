import type { DryRunEstimate } from '@log-archiver/core';
import Table from 'cli-table3';
import { formatDuration } from './duration';
import type { Run } from './run-archiver';
import type { DemoResult } from './run-demo';
import { shortCause } from './short-cause';

/** The result as a person reads it. */
export function formatResult(result: DemoResult): string {
  const { plan, run } = result;
  if (plan === null) {
    return `Nothing was archived. ${shortCause(run.cause ?? '')}`;
  }
  return [
    formatPlan(plan),
    ...formatRun(result),
    ...formatProof(result),
    ...formatSecondRun(result),
    `The archive is in ${result.bucket}`,
  ].join('\n');
}

/** Whether the first run archived everything, the receipts tell the truth, and the second run found nothing to do. */
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

function isIdle({ execution, exports }: Run): boolean {
  return execution === 'SUCCEEDED' && exports === 0;
}

function formatPlan({ exports, storedBytes, stateTransitions }: DryRunEstimate): string {
  return `The plan: ${plural(exports, 'export')} from ${storedBytes} stored bytes, about ${stateTransitions} state transitions.`;
}

function formatRun({ run, logGroups, leftovers }: DemoResult): string[] {
  const table = new Table({
    head: ['period', 'log group', 'outcome', 'events', 'objects', 'bytes'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of logGroups) {
    table.push([row.period, row.logGroupName, formatOutcome(row), row.events, row.objects, row.bytes]);
  }
  return [
    ...(logGroups.length === 0 ? [] : [table.toString()]),
    `The run ${run.execution}: ${formatEffort(run)}.`,
    ...(run.cause === undefined ? [] : [shortCause(run.cause)]),
    ...(Object.keys(run.errors).length === 0 ? [] : [`It met ${formatCounts(run.errors)}.`]),
    ...leftovers.map(({ logGroupName, period, why }) => `Left over, in no receipt: ${period} ${logGroupName}, ${why}.`),
  ];
}

/** `ARCHIVED`, or why not. */
function formatOutcome({ status, error, tasks }: DemoResult['logGroups'][number]): string {
  const parts = tasks > 1 ? ` in ${tasks} parts` : '';
  return error === null ? `${status}${parts}` : `${status} (${error})`;
}

function formatProof(result: DemoResult): string[] {
  const { periods, timeZone, receipts, logGroups, eventsPutIn, eventsInArchive } = result;
  const label = `events of ${formatPeriods(periods)} (${timeZone}) put in: `;
  const lies = logGroups.filter(({ agrees }) => agrees === false).length;
  const agreement = lies === 0 ? 'the objects are as they say' : `THE OBJECTS OF ${lies} ARE NOT AS THEY SAY`;
  return [
    `${plural(receipts.count, 'receipt')} below ${receipts.prefix}${receipts.count === 0 ? '' : `, and ${agreement}`}.`,
    `${label}${eventsPutIn}`,
    `${'events found by the receipts: '.padEnd(label.length)}${eventsInArchive}`,
    ...(eventsPutIn === eventsInArchive ? [] : ['THE COUNTS DIFFER.']),
    ...(isArchived(result) ? ['Nothing was left behind.'] : []),
  ];
}

function formatSecondRun(result: DemoResult): string[] {
  const { run, secondRun, eventsPutIn } = result;
  const counts = `${formatCounts(secondRun.outcomes)}; ${formatEffort(secondRun)}`;
  if (isIdle(secondRun)) {
    return [`The same once more finds nothing to do: ${counts}.`];
  }
  return [
    `The same once more, for what is left, ${secondRun.execution}: ${counts}.`,
    ...(secondRun.cause === undefined ? [] : [shortCause(secondRun.cause)]),
    `Events found then: ${secondRun.eventsInArchive} of ${eventsPutIn}.`,
    ...(run.execution === 'SUCCEEDED' ? [] : formatAdvice(result)),
  ];
}

/** What somebody with an AWS account would do about it. */
function formatAdvice({ periods, stateMachineArn, secondRun }: DemoResult): string[] {
  if (secondRun.execution !== 'SUCCEEDED') {
    return ['It will not mend by itself: docs/operations.md says what to do about an error.'];
  }
  const input = JSON.stringify({ period: [...new Set([periods[0], periods.at(-1)])].join('/') });
  return [
    'On AWS the schedule tries again every day. To hurry:',
    `  aws stepfunctions start-execution --state-machine-arn ${stateMachineArn} --input '${input}'`,
  ];
}

function formatPeriods(periods: string[]): string {
  return [...new Set([periods[0], periods.at(-1)])].join(' to ');
}

function formatEffort({ exports, stateTransitions, seconds }: Run): string {
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
