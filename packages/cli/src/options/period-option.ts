import { parsePeriod } from '@log-archiver/core';
import { UserError } from '../errors';
import { showValue } from './show-value';

/** Throws unless the value of an option is a month or a day. */
export function validatePeriod(period: string, option = '--period'): void {
  try {
    parsePeriod(period, 'UTC');
  } catch {
    throw new UserError(
      `${option} must be a month such as "2026-10" or a day such as "2026-10-31", got ${showValue(period)}`,
    );
  }
}
