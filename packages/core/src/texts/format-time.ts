/** Formats a time of ISO 8601 in UTC for people, to the minute or to the second: `2026-10-31 15:00 UTC`. */
export function formatTime(time: string, precision: 'MINUTE' | 'SECOND' = 'MINUTE'): string {
  return `${time.slice(0, precision === 'MINUTE' ? 16 : 19).replace('T', ' ')} UTC`;
}
