/**
 * End of a range: included in the range, or excluded from it.
 *
 * AWS's API reference describes the `to` of CreateExportTask as inclusive. Its user guide says that events are exported
 * that were ingested before it.
 */
export type RangeEnd = 'INCLUSIVE' | 'EXCLUSIVE';

export function isInRange(timestamp: number, start: number, end: number, rangeEnd: RangeEnd): boolean {
  return start <= timestamp && (rangeEnd === 'INCLUSIVE' ? timestamp <= end : timestamp < end);
}
