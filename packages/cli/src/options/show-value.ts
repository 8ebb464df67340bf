import { show, truncate } from '@log-archiver/core';

const MAX_CHARACTERS = 100;

/** Formats the value of an option for an error. */
export function showValue(value: string): string {
  return show(truncate(value, MAX_CHARACTERS));
}
