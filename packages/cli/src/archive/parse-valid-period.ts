import { type Period, parsePeriod } from '@log-archiver/core';

/** Parses a period; `undefined`: the bucket has a folder or file for a period that does not exist. */
export function parseValidPeriod(name: string, timeZone: string): Period | undefined {
  try {
    return parsePeriod(name, timeZone);
  } catch {
    return undefined;
  }
}
