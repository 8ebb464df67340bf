import Table from 'cli-table3';
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
    `${label}${eventsPutIn}`,
    `${'events found in the archive: '.padEnd(label.length)}${eventsInArchive}`,
    eventsPutIn === eventsInArchive ? 'Nothing was left behind.' : 'THE COUNTS DIFFER.',
    ...(result.cause === undefined ? [] : [`The run FAILED. ${result.cause}`]),
    `The archive is in ${result.bucket}`,
  ].join('\n');
}
