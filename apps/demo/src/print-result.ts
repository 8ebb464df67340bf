import Table from 'cli-table3';
import { formatDuration } from './duration';
import type { DemoResult } from './run-demo';

/** The result as a person reads it. */
export function formatResult(result: DemoResult): string {
  const table = new Table({
    head: ['log group', 'outcome', 'events', 'objects', 'bytes'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { logGroupName, status, error, events, objects, bytes } of result.logGroups) {
    table.push([logGroupName, error === null ? status : `${status} (${error})`, events, objects, bytes]);
  }
  const { period, timeZone, eventsPutIn, eventsInArchive } = result;
  const label = `events of ${period} (${timeZone}) put in: `;
  return [
    table.toString(),
    `The run took ${formatDuration(result.seconds)} of virtual time.`,
    `${label}${eventsPutIn}`,
    `${'events found in the archive: '.padEnd(label.length)}${eventsInArchive}`,
    ...(eventsPutIn === eventsInArchive ? [] : ['THE COUNTS DIFFER.']),
    ...(result.cause === undefined ? [] : formatFailure(result.cause, result)),
    ...(isComplete(result) ? ['Nothing was left behind.'] : []),
    `The archive is in ${result.bucket}`,
  ].join('\n');
}

/** Whether every log group has its outcome, and everything is there. */
export function isComplete({ execution, eventsPutIn, eventsInArchive }: DemoResult): boolean {
  return execution === 'SUCCEEDED' && eventsPutIn === eventsInArchive;
}

/** Why it went wrong, and what somebody with an AWS account would do about it. */
function formatFailure(cause: string, { period, stateMachineArn }: DemoResult): string[] {
  const input = JSON.stringify({ period });
  return [
    `The run FAILED. ${cause}`,
    'On AWS, what is missing is archived by the same period once more:',
    `  aws stepfunctions start-execution --state-machine-arn ${stateMachineArn} --input '${input}'`,
  ];
}
