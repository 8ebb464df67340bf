import { isLogGroupName, MAX_LOG_GROUP_NAME_LENGTH, type Range } from '@log-archiver/core';
import type { Command } from 'commander';
import { UserError } from '../errors';
import { toRange } from '../read-events';
import { type ArchiveLocation, type ArchiveOptions, addArchiveOptions, parseArchiveOptions } from './archive-options';
import { showValue } from './show-value';
import { parseTime, parseTimeZone } from './times';

/** Options of the commands that print events. */
export interface EventOptions extends ArchiveOptions {
  readonly from?: string;
  readonly to?: string;
  readonly timeZone: string;
  readonly stream?: string;
  readonly output: string;
  readonly restore?: boolean;
}

/** Events that a command line asks for. */
export interface EventQuery {
  readonly location: ArchiveLocation;
  readonly logGroupName: string;
  readonly range: Range;
  /** Folder name of a log stream. @default - all log streams */
  readonly stream?: string;
  readonly output: 'raw' | 'jsonl';
  /** Whether objects in Glacier are restored. */
  readonly restore: boolean;
}

/** Adds the options to a command. */
export function addEventOptions(command: Command): Command {
  return addArchiveOptions(command)
    .option('--from <time>', 'first time, such as 2026-03-14 or 2026-03-14T09:30')
    .option('--to <time>', 'end, not included')
    .option('--time-zone <zone>', 'IANA time zone of times without one', 'UTC')
    .option('--stream <name>', 'only this log stream')
    .option('--output <format>', 'raw (the lines of the export) or jsonl', 'raw')
    .option('--restore', 'restore objects in Glacier, wait for them (hours)');
}

/** Validates the arguments and options. Makes no call. */
export function parseEventOptions(logGroupName: string, options: EventOptions): EventQuery {
  const location = parseArchiveOptions(options);
  if (!isLogGroupName(logGroupName)) {
    throw new UserError(
      `LOG_GROUP must be 1 to ${MAX_LOG_GROUP_NAME_LENGTH} letters, digits or characters of ".-_/#", got ${showValue(logGroupName)}`,
    );
  }
  const { restore = false, stream, output } = options;
  if (output !== 'raw' && output !== 'jsonl') {
    throw new UserError(`--output must be raw or jsonl, got ${showValue(output)}`);
  }
  if (stream !== undefined && !/^[^:*]{1,512}$/s.test(stream)) {
    throw new UserError(
      `--stream must be the name of a log stream: 1 to 512 characters without : and *, got ${showValue(stream)}`,
    );
  }
  // CloudWatch Logs replaces the character in the folders of an export.
  return { location, logGroupName, range: parseRange(options), stream: stream?.replaceAll('/', '-'), output, restore };
}

function parseRange(options: EventOptions): Range {
  const timeZone = parseTimeZone(options.timeZone);
  const from = options.from === undefined ? undefined : parseTime('--from', options.from, timeZone);
  const to = options.to === undefined ? undefined : parseTime('--to', options.to, timeZone);
  if (from !== undefined && to !== undefined && to <= from) {
    throw new UserError(`--to must be later than --from (${options.from}), got ${showValue(options.to ?? '')}`);
  }
  return toRange(from, to);
}
