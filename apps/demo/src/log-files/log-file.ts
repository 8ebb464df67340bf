import { basename } from 'node:path';
import { parsePeriods } from '@log-archiver/core';
import type { LogEvent } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { isInPeriods, lastPeriodWith } from '../calendar';
import type { DemoOptions } from '../options';
import { readEvents } from './read-events';

/** A log file, and the log group that it becomes. */
export interface LogFile {
  readonly logGroupName: string;
  /** The oldest first; at least one. */
  readonly events: LogEvent[];
}

/** Reads log files; throws an error that names the file, and the line, if one cannot become a log group. */
export function readLogFiles(paths: string[], timeZone: string): LogFile[] {
  const names = logGroupNamesOf(paths);
  return paths.map((path, index) => ({ logGroupName: names[index] ?? '', events: readEvents(path, timeZone) }));
}

/** The last period to archive: one that has ended and has events, unless periods are given. */
export function periodOf(logFiles: LogFile[], options: DemoOptions, now: number): string {
  const { timeZone, granularity } = options;
  const timestamps = logFiles.flatMap(({ events }) => events.map(({ timestamp }) => timestamp));
  const period = options.period ?? lastPeriodWith(timestamps, now, timeZone, granularity);
  if (period === undefined || !timestamps.some(isInPeriods(namesOf(period, timeZone), timeZone))) {
    const first = new Date(timestamps.reduce((one, other) => Math.min(one, other))).toISOString();
    const last = new Date(timestamps.reduce((one, other) => Math.max(one, other))).toISOString();
    const expected = period ?? `a ${granularity === Granularity.MONTHLY ? 'month' : 'day'} that has ended`;
    throw new Error(`an event must be in ${expected} (${timeZone}), got events from ${first} to ${last}`);
  }
  return period;
}

function namesOf(periods: string, timeZone: string): string[] {
  return parsePeriods(periods, timeZone).map(({ name }) => name);
}

/** A log group for each file, named after it. Of files with the same name, the second one gets a `-2`. */
export function logGroupNamesOf(paths: string[]): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    // What else the name of a file may have, that of a log group may not.
    const name = `/file/${basename(path).replace(/[^\w.#-]/g, '_')}`;
    let unique = name;
    for (let number = 2; names.has(unique); number += 1) {
      unique = `${name}-${number}`;
    }
    names.add(unique);
  }
  return [...names];
}
