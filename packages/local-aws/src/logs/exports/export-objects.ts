import { gzipSync } from 'node:zlib';
import { AwsError } from '../../protocol/aws-error';
import { MAX_KEY_BYTES } from '../../s3/protocol/key';
import type { Buckets } from '../../s3/storage/buckets';
import { isInRange, type RangeEnd } from '../range-end';
import type { LogGroup, LogStream } from '../stores/log-group';
import type { LogGroups } from '../stores/log-groups';
import type { ExportTask } from './export-task';
import type { ScriptedExport } from './scripted-export';

const EVENTS_PER_OBJECT = 10_000;
const HOUR_MS = 3_600_000;

/** Time by which the range of an export selects events. */
export type ExportedBy = 'EVENT_TIME' | 'INGESTION_TIME';

export interface WriteExportProps extends Pick<ScriptedExport, 'leavesOut'> {
  readonly task: ExportTask;
  /** @default - all log streams */
  readonly logStreamNamePrefix?: string;
  readonly logGroup: LogGroup;
  readonly completionTime: number;
  /** Share of the range that is written, 0 to 1. A task that ended early has not written all of it. */
  readonly share: number;
  readonly rangeEnd: RangeEnd;
  /** Whether log streams that share a folder overwrite each other's objects. */
  readonly overwritesInSharedFolders: boolean;
  readonly exportedBy: ExportedBy;
  /** Hours from the ingestion of an event until a task that is created then exports the event. */
  readonly exportableAfterHours: number;
  readonly formatFolder: (logStreamName: string) => string;
}

/**
 * Writes the objects of an export: one folder per log stream, gzip with one line per event.
 *
 * The order of events is not guaranteed.
 */
export function writeExport(props: WriteExportProps, logGroups: LogGroups, buckets: Buckets) {
  const { task, logGroup, overwritesInSharedFolders, formatFolder } = props;
  const objectCounts = new Map<string, number>();
  for (const logStream of logGroup.logStreams.values()) {
    const folder = `${task.destinationPrefix}/${task.taskId}/${formatFolder(logStream.logStreamName)}`;
    const before = overwritesInSharedFolders ? 0 : (objectCounts.get(folder) ?? 0);
    const bodies = isExported(logStream, props) ? formatObjects(logStream, props, logGroups) : [];
    for (const [index, body] of bodies.entries()) {
      const number = String(before + index).padStart(6, '0');
      const key = `${folder}/${number}.gz`;
      validateKey(key);
      buckets.putObject(task.destination, key, gzipSync(body));
    }
    objectCounts.set(folder, before + bodies.length);
  }
}

function isExported(
  { logStreamName }: LogStream,
  { logStreamNamePrefix = '', leavesOut = [] }: WriteExportProps,
): boolean {
  return logStreamName.startsWith(logStreamNamePrefix) && leavesOut !== 'ALL' && !leavesOut.includes(logStreamName);
}

/** Returns the content of the objects of a log stream, before compression. */
function formatObjects(logStream: LogStream, props: WriteExportProps, logGroups: LogGroups): string[] {
  const { task, logGroup, completionTime, share, rangeEnd, exportedBy, exportableAfterHours } = props;
  const to = task.from + (task.to - task.from) * share;
  const exportableUntil = task.executionInfo.creationTime - exportableAfterHours * HOUR_MS;
  const lines = logGroups
    .readEvents(logGroup, logStream, completionTime)
    .filter(({ timestamp, ingestionTime }) =>
      isInRange(exportedBy === 'EVENT_TIME' ? timestamp : ingestionTime, task.from, to, rangeEnd),
    )
    .filter(({ ingestionTime }) => exportableAfterHours === 0 || ingestionTime <= exportableUntil)
    .map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}\n`);
  const bodies: string[] = [];
  for (let first = 0; first < lines.length; first += EVENTS_PER_OBJECT) {
    bodies.push(lines.slice(first, first + EVENTS_PER_OBJECT).join(''));
  }
  return bodies;
}

/** Throws S3's error if a key is too long, which fails the export. AWS does not document what happens. */
function validateKey(key: string) {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long');
  }
}
