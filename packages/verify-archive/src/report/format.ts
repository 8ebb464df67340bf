import { formatDuration } from '@log-archiver/core';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Formats a number with separators: `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Formats a size for people: `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return unit === 0 ? `${bytes} bytes` : `${(bytes / 1_000 ** unit).toFixed(1)} ${UNITS[unit]}`;
}

/** Formats a duration for people, in seconds. */
export function formatMilliseconds(milliseconds: number): string {
  return formatDuration(Math.round(Math.max(0, milliseconds) / 1_000));
}
