import type { S3Client } from '@aws-sdk/client-s3';
import { toIsoTime } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { findGaps, formatGap } from '../archive/find-gaps';
import { listTasks, type SourceTask } from '../archive/list-tasks';
import { openLogGroup } from '../archive/open-log-group';
import { describeArchived, requestRestoration } from '../archive/restore-objects';
import { type ScannedObjects, scanObjects } from '../archive/scan-objects';
import type { AwsOptions } from '../aws/create-client';
import { createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import { getMessage } from '../events/event-parser';
import type { StoredEvent } from '../events/event-sorter';
import { readSorted } from '../events/read-sorted';
import type { EventQuery } from '../options/event-options';
import { note, Output } from '../output';
import { withProgress } from '../progress';

/** Pause between two checks whether objects are restored. */
const RESTORE_CHECK_MS = 15 * 60_000;

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
  for (const text of [
    ...archive.invalid,
    ...gaps.map(formatGap),
    ...scanned.differences.map((text) => `different: ${text}`),
  ]) {
    note(context, text.replaceAll('\n', ' '));
  }
  const output = new Output(context.stdout);
  const addEvent = format === 'raw' ? addRaw : addJson;
  const count = await withProgress(context, 'bytes', async (progress) => {
    progress.setTotal(scanned.bytes);
    let printed = 0;
    const onObject = (bytes: number) => progress.add(bytes);
    for await (const events of readSorted(bucket, { s3, s3BucketName }, archive, { stream, matches, onObject })) {
      for (const event of events) {
        printed += 1;
        addEvent(output, event);
        if (output.isFull) {
          await output.flush();
        }
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

/** Adds an event like a line of the export. */
function addRaw(output: Output, { text }: StoredEvent): void {
  output.add(text);
  output.add('\n');
}

function addJson(output: Output, event: StoredEvent): void {
  const { timestamp, stream } = event;
  const values = { timestamp: toIsoTime(timestamp), stream: stream.toString(), message: getMessage(event).toString() };
  output.add(`${JSON.stringify(values)}\n`);
}
