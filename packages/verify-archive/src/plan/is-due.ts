import { DAY_MS } from '@log-archiver/core';
import { type ArchivedPeriod, hash } from '../keys';
import { periodId } from './find-periods';

export interface VerificationInterval {
  verifyEveryDays: number;
  runEveryDays: number;
}

/**
 * Whether a period must be verified again.
 *
 * Time is divided into cycles, whose start differs from period to period by a hash, so that each run verifies a similar
 * share. The first run of each cycle verifies the period. A cycle is one run shorter than `verifyEveryDays`, because the
 * first run may come that much after its start.
 */
export function isDue(
  period: ArchivedPeriod,
  verifiedAt: number,
  now: number,
  { verifyEveryDays, runEveryDays }: VerificationInterval,
): boolean {
  const cycle = (verifyEveryDays - runEveryDays) * DAY_MS;
  const share = Number.parseInt(hash(periodId(period)).slice(0, 8), 16) / 2 ** 32;
  const countCycles = (time: number) => Math.floor(time / cycle - share);
  return countCycles(now) !== countCycles(verifiedAt);
}
