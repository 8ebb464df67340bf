import type { Granularity } from '../granularity';

/** Days of the longest period of each granularity. */
export const DAYS_IN_PERIOD: Record<Granularity, number> = { MONTHLY: 31, DAILY: 1 };
