import type { Period } from '../src/periods';

/** Returns the period with its times as ISO 8601. */
export function isoPeriod({ name, from, to }: Period) {
  return { name, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
