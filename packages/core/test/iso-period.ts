import type { Period } from '../src/periods';

/** A period as its readers see it: from and to as ISO instants. */
export function isoPeriod({ name, from, to }: Period) {
  return { name, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
