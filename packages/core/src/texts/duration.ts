import { Temporal } from 'temporal-polyfill';

/** Formats a duration for people: `2 h 10 min 3 s`. */
export function formatDuration(seconds: number): string {
  const rounded = Temporal.Duration.from({ seconds }).round({ largestUnit: 'hours' });
  const parts = [
    [rounded.hours, 'h'],
    [rounded.minutes, 'min'],
    [rounded.seconds, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 s'
  );
}
