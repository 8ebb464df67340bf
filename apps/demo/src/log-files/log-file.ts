import { basename } from 'node:path';
import { parsePeriods } from '@log-archiver/core';
import type { LogEvent } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { findLastPeriod, isInPeriods, type PeriodOptions } from '../calendar';
import { readBytes } from './read-bytes';
import { readEvents, type TimeOptions } from './read-events';

/** Maximum size of all log files, because local-aws keeps their events in memory. */
export const MAX_LOG_FILE_MIB = 32;

/** The events of a log file, and the log group for them. */
export interface LogFile {
  readonly logGroupName: string;
  /** At least one event, oldest first. */
  readonly events: LogEvent[];
}

/** Reads log files. Throws an error with the file and the line if a file is invalid. */
export function readLogFiles(paths: string[], options: TimeOptions): LogFile[] {
  const names = createLogGroupNames(paths);
  let bytesLeft = MAX_LOG_FILE_MIB * 1_048_576;
  return paths.map((path, index) => {
    const bytes = readBytes(path, bytesLeft, `log files must have at most ${MAX_LOG_FILE_MIB} MiB together`);
    bytesLeft -= bytes.length;
    return { logGroupName: names[index] ?? '', events: readEvents(path, bytes, options) };
  });
}

/** Returns the period of the options, or the last ended period that has events. */
export function findPeriod(logFiles: LogFile[], options: PeriodOptions, now: number): string {
  const { timeZone, granularity } = options;
  const timestamps = logFiles.flatMap(({ events }) => events.map(({ timestamp }) => timestamp));
  const period = options.period ?? findLastPeriod(timestamps, now, timeZone, granularity);
  if (period === undefined || !timestamps.some(isInPeriods(listPeriodNames(period, timeZone), timeZone))) {
    const first = new Date(timestamps.reduce((one, other) => Math.min(one, other))).toISOString();
    const last = new Date(timestamps.reduce((one, other) => Math.max(one, other))).toISOString();
    const expected = period ?? `a ${granularity === Granularity.MONTHLY ? 'month' : 'day'} that has ended`;
    throw new Error(`at least one event must be in ${expected} (${timeZone}), got events from ${first} to ${last}`);
  }
  return period;
}

function listPeriodNames(periods: string, timeZone: string): string[] {
  return parsePeriods(periods, timeZone).map(({ name }) => name);
}

/** Creates the name of a log group for each file. The second file of the same name gets the suffix `-2`. */
export function createLogGroupNames(paths: string[]): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    // A log group name allows fewer characters than a file name.
    const name = `/file/${basename(path).replace(/[^\w.#-]/g, '_')}`;
    let unique = name;
    for (let number = 2; names.has(unique); number += 1) {
      unique = `${name}-${number}`;
    }
    names.add(unique);
  }
  return [...names];
}
