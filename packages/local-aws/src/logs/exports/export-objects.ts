import { gzipSync } from 'node:zlib';
import type { Buckets } from '../../s3/storage/buckets';
import type { LogGroups } from '../stores/log-groups';
import type { ExportTask } from './export-task';

const EVENTS_PER_OBJECT = 10_000;

/**
 * Writes the objects of an export: one folder per log stream, gzip with one line per event.
 *
 * The order of events is not guaranteed. A task that ended early has written only a share of its range.
 */
export function writeExport(
  task: ExportTask,
  logGroups: LogGroups,
  buckets: Buckets,
  completionTime: number,
  share: number,
) {
  const logGroup = logGroups.get(task.logGroupName);
  const to = task.from + (task.to - task.from) * share;
  for (const [logStreamName, logStream] of logGroup.logStreams) {
    const events = logGroups
      .readEvents(logGroup, logStream, completionTime)
      .filter(({ timestamp }) => task.from <= timestamp && timestamp <= to)
      .filter(() => logStreamName.startsWith(task.logStreamNamePrefix ?? ''))
      .map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}\n`);
    for (let first = 0; first < events.length; first += EVENTS_PER_OBJECT) {
      const number = String(first / EVENTS_PER_OBJECT).padStart(6, '0');
      const folder = `${task.destinationPrefix}/${task.taskId}/${logStreamName.replaceAll('/', '-')}`;
      const body = events.slice(first, first + EVENTS_PER_OBJECT).join('');
      buckets.putObject(task.destination, `${folder}/${number}.gz`, gzipSync(body));
    }
  }
}
