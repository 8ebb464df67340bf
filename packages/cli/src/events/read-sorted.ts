import type { Range } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { isSource } from '../archive/claim-ranges';
import { groupByRange, listTasks, type SourceTask } from '../archive/list-tasks';
import type { LogGroupArchive } from '../archive/open-log-group';
import { includes } from '../archive/ranges';
import { listTaskObjects } from '../archive/scan-objects';
import { EventParser, getMessage, type ParsedEvent } from './event-parser';
import { EventSorter, type StoredEvent } from './event-sorter';
import { decompress, type ObjectAccess, openObjects } from './read-object';

export interface ReadOptions {
  /** Folder name of a log stream. @default - all log streams */
  readonly stream?: string;
  /** Selects events. @default - all events */
  readonly matches?: (message: Buffer) => boolean;
  /** Called after each object, with its size. */
  readonly onObject?: (bytes: number) => void;
  /** Memory for sorting. @default - 64 MiB */
  readonly memoryBytes?: number;
}

/**
 * Reads the events of a log group from the archive, in the order of time, log stream and position.
 *
 * Returns the events of tasks whose ranges overlap together, one group after the other. The caller must read all events of
 * a group. An event is valid until the next one is requested.
 */
export async function* readSorted(
  bucket: ArchiveBucket,
  access: ObjectAccess,
  archive: LogGroupArchive,
  options: ReadOptions = {},
): AsyncGenerator<Iterable<StoredEvent>> {
  const sorter = new EventSorter(options.memoryBytes);
  try {
    for (const group of groupByRange(listTasks(archive))) {
      for (const task of group) {
        await addEvents(sorter, bucket, access, task, archive.range, options);
      }
      yield sorter.sort();
    }
  } finally {
    sorter.close();
  }
}

/** Adds the events of a task to the sorter. */
async function addEvents(
  sorter: EventSorter,
  bucket: ArchiveBucket,
  access: ObjectAccess,
  task: SourceTask,
  requested: Range,
  { stream: onlyStream, matches, onObject = () => undefined }: ReadOptions,
) {
  let parser: { stream: string; name: Buffer; parser: EventParser } | undefined;
  const add = (stream: Buffer, events: Iterable<ParsedEvent>) => {
    for (const { timestamp, text } of events) {
      if (
        // The objects can also contain the first millisecond after the range.
        includes(task.range, timestamp) &&
        includes(requested, timestamp) &&
        isSource(task.source, timestamp) &&
        (matches === undefined || matches(getMessage({ text })))
      ) {
        sorter.add({ timestamp, stream, text });
      }
    }
  };
  for await (const object of openObjects(access, listTaskObjects(bucket, task, onlyStream))) {
    const stream = object.key.slice(task.folder.length, object.key.lastIndexOf('/'));
    if (parser?.stream !== stream) {
      if (parser) {
        add(parser.name, parser.parser.end());
      }
      parser = { stream, name: Buffer.from(stream), parser: new EventParser(`${task.folder}${stream}/`) };
    }
    for await (const chunk of decompress(object, access)) {
      add(parser.name, parser.parser.parse(chunk));
    }
    add(parser.name, parser.parser.endObject());
    onObject(object.size);
  }
  if (parser) {
    add(parser.name, parser.parser.end());
  }
}
