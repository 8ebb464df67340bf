import type { Duration } from 'aws-cdk-lib';

/** Each period that a run looks at is a listing in S3, every day; 36 are three years of months, or five weeks of days. */
const MAX_LOOKBACK = 36;
/** CloudWatch Logs may take so long until events can be exported. */
const MIN_SETTLE_HOURS = 12;
const HOUR = 3_600_000;

/** Throws unless a period can have settled after `settleTime`. */
export function validateSettleTime(settleTime: Duration) {
  const isKnown = !settleTime.isUnresolved();
  if (!isKnown || settleTime.toMilliseconds() % HOUR !== 0 || settleTime.toHours() < MIN_SETTLE_HOURS) {
    throw new Error(
      `settleTime must be at least ${MIN_SETTLE_HOURS} whole hours, which CloudWatch Logs may take until events can be ` +
        `exported, got ${isKnown ? settleTime.toHumanString() : 'a token'}`,
    );
  }
}

/** Throws unless a run can look at so many periods. */
export function validateLookback(lookback: number) {
  if (!Number.isInteger(lookback) || lookback < 1 || lookback > MAX_LOOKBACK) {
    throw new Error(`lookbackPeriods must be a whole number of periods from 1 to ${MAX_LOOKBACK}, got ${lookback}`);
  }
}
