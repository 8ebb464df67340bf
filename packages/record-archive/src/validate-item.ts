import { destinationPrefix, InvalidArchiveRequest, type RecordArchiveRequest, show } from '@log-archiver/core';

/** Throws unless the prefix of the item is that of its period, and its export reaches the end of the period. */
export function validateItem({ item, parameters }: RecordArchiveRequest): void {
  const expected = {
    destinationPrefix: destinationPrefix(parameters.keyPrefix, item.period, item.s3Prefix),
    // A part ends with the period, or before it. What is missing at the start is a loss.
    ...(item.part === null ? { to: item.periodTo } : {}),
  };
  for (const [field, value] of Object.entries(expected)) {
    const actual = item[field as keyof typeof item];
    if (actual !== value) {
      throw new InvalidArchiveRequest(`item.${field} must be ${show(value)}, got ${show(actual)}`);
    }
  }
}
