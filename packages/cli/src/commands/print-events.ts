import type { S3Client } from '@aws-sdk/client-s3';
import { toIsoTime } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { findGaps, formatGap } from '../archive/find-gaps';
import { listTasks, type SourceTask } from '../archive/list-tasks';
import { openLogGroup } from '../archive/open-log-group';
import { describeArchived, requestRestoration } from '../archive/restore-objects';
import { type ScannedObjects, scanObjects } from '../archive/scan-objects';
import { type AwsOptions, createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import type { StoredEvent } from '../events/event-sorter';
import { readSorted } from '../events/read-sorted';
import type { EventQuery } from '../options/event-options';
import { note, Output } from '../output';
import { withProgress } from '../progress';

/** Pause between two checks whether objects are restored. */
const RESTORE_CHECK_MS = 5 * 60_000;
const NEWLINE = Buffer.from('\n');

export interface PrintedEvents {
  readonly count: number;
  /** Whether the archive has the whole requested range. */
  readonly isComplete: boolean;
}

/** Prints the events of a log group in order. Notes on the standard error what is missing. */
export async function printEvents(
  query: EventQuery,
  matches: ((message: Buffer) => boolean) | undefined,
  options: AwsOptions,
  context: CommandContext,
): Promise<PrintedEvents> {
  const { location, logGroupName, range, stream, output: format } = query;
  const { s3BucketName } = location;
  const s3 = createS3(options, context);
  const bucket = new ArchiveBucket({ ...context, s3 }, s3BucketName);
  const archive = await openLogGroup(bucket, logGroupName, range, location);
  const gaps = await findGaps(bucket, archive, context.now());
  const tasks = listTasks(archive);
  const scanned = await scanReadable(bucket, s3, tasks, query, context);
  for (const text of [...archive.invalid, ...gaps.map(formatGap), ...scanned.differences]) {
    note(context, text);
  }
  const output = new Output(context.stdout);
  const formatEvent = format === 'raw' ? formatRaw : formatJson;
  const count = await withProgress(context, 'bytes', async (progress) => {
    progress.setTotal(scanned.bytes);
    let printed = 0;
    const onObject = (bytes: number) => progress.add(bytes);
    for await (const event of readSorted(bucket, { s3, s3BucketName }, archive, { stream, matches, onObject })) {
      printed += 1;
      if (output.add(...formatEvent(event))) {
        await output.flush();
      }
    }
    await output.flush();
    return printed;
  });
  return { count, isComplete: gaps.length === 0 && scanned.differences.length === 0 };
}

/** Counts the objects of the tasks. Throws if some are in Glacier, or restores them first. */
async function scanReadable(
  bucket: ArchiveBucket,
  s3: S3Client,
  tasks: readonly SourceTask[],
  { stream, restore }: EventQuery,
  context: CommandContext,
): Promise<ScannedObjects> {
  let scanned = await scanObjects(bucket, tasks, stream);
  if (scanned.archived.size === 0) {
    return scanned;
  }
  const description = describeArchived(scanned.archived);
  if (!restore) {
    throw new UserError(`cannot read ${description}; pass --restore to restore and read them`);
  }
  note(context, `Restoring ${description}.`);
  await requestRestoration(bucket, s3, tasks, stream);
  while (scanned.archived.size > 0) {
    await context.wait(RESTORE_CHECK_MS);
    scanned = await scanObjects(bucket, tasks, stream);
    const left = [...scanned.archived.values()].reduce((sum, { objects }) => sum + objects, 0);
    note(context, `${toIsoTime(context.now())} ${left} of ${scanned.objects} objects are not restored yet.`);
  }
  return scanned;
}

/** Formats an event like a line of the export. Copies the message, because it is only valid until the next event. */
function formatRaw({ timestamp, message }: StoredEvent): Buffer[] {
  return [Buffer.from(`${toIsoTime(timestamp)} `), Buffer.from(message), NEWLINE];
}

function formatJson({ timestamp, stream, message }: StoredEvent): Buffer[] {
  const event = { timestamp: toIsoTime(timestamp), stream: stream.toString(), message: message.toString() };
  return [Buffer.from(`${JSON.stringify(event)}\n`)];
}
