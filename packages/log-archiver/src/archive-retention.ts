import { Duration, Token } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';

/** A year with its share of the leap days: as many of them as are in so many years, and never one too few. */
const DAYS_IN_YEAR = 365.25;
const MAX_YEARS = 100;
/** Time to notice what was deleted or overwritten, and to bring it back. */
const NONCURRENT_DAYS = 90;
const INCOMPLETE_UPLOAD_DAYS = 7;
/** S3 refuses a transition to S3 Standard-IA before. */
const MIN_DAYS_IN_STANDARD: Record<string, number> = { [StorageClass.INFREQUENT_ACCESS.value]: 30 };
/**
 * The days that are billed in any case, in the order in which objects may go from class to class. One Zone-IA is none for
 * the only copy of something.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const MIN_DAYS: Record<string, number> = {
  [StorageClass.INFREQUENT_ACCESS.value]: 30,
  [StorageClass.INTELLIGENT_TIERING.value]: 0,
  [StorageClass.GLACIER_INSTANT_RETRIEVAL.value]: 90,
  [StorageClass.GLACIER.value]: 90,
  [StorageClass.DEEP_ARCHIVE.value]: 180,
};
const CLASSES = Object.keys(MIN_DAYS);

/** When the objects of an archive go to another storage class. */
export interface ArchiveTransition {
  /**
   * Where they go: `INFREQUENT_ACCESS`, `INTELLIGENT_TIERING`, `GLACIER_INSTANT_RETRIEVAL`, `GLACIER` or `DEEP_ARCHIVE`.
   * What is in the last two has to be restored before anything, Athena included, can read it.
   */
  readonly storageClass: StorageClass;

  /** How long after they were written: days. */
  readonly transitionAfter: Duration;
}

/** How objects are kept until they are deleted. */
export interface ArchiveRetentionOptions {
  /**
   * The storage classes that objects go through, in this order. Objects under 128 KB stay in S3 Standard: there they cost
   * less than a transition, which is billed by the object.
   *
   * @default - objects stay in S3 Standard
   */
  readonly transitions?: ArchiveTransition[];
}

/**
 * How long the objects of an archive are kept. Each is counted from the day it was written, which is after the period that
 * it archives: nothing is kept for less than that.
 *
 * Then they are deleted. A version that expired, or that somebody deleted or overwrote before, is gone 90 days later, or
 * when its Object Lock ends if that is later: the lock alone keeps an object from being overwritten away. Receipts, and whatever else is below `_log-archiver/`, are kept for ever: they say what there was.
 */
export class ArchiveRetention {
  /**
   * So many years, leap days included: 7 are 2,557 days.
   *
   * Throws on transitions that S3 refuses, and on those that cost more than they save, as the class bills more days than
   * objects are in it: 30 in Standard-IA, 90 in Glacier Instant and Flexible Retrieval, 180 in Glacier Deep Archive.
   *
   * @param years 1 to 100
   */
  public static years(years: number, options: ArchiveRetentionOptions = {}): ArchiveRetention {
    if (Token.isUnresolved(years)) {
      throw new Error('years must be known at synth, got a token');
    }
    if (!Number.isInteger(years) || years < 1 || years > MAX_YEARS) {
      throw new Error(
        `years must be a whole number from 1 to ${MAX_YEARS}, got ${typeof years === 'number' ? years : JSON.stringify(years)}`,
      );
    }
    return new ArchiveRetention(Math.ceil(years * DAYS_IN_YEAR), options.transitions ?? []);
  }

  private constructor(
    private readonly days: number,
    private readonly transitions: ArchiveTransition[],
  ) {
    validateTransitions(transitions, days);
  }

  /**
   * How long objects are kept, in days.
   *
   * @internal
   */
  public _days(): number {
    return this.days;
  }

  /**
   * A rule for each start of keys, as S3 filters by nothing that could leave one out, and one for what no object is left of.
   *
   * @internal
   */
  public _lifecycleRules(prefixes: string[]): LifecycleRule[] {
    const kept = prefixes.map((prefix) => ({
      prefix,
      expiration: Duration.days(this.days),
      noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
      ...(this.transitions.length > 0 && { transitions: this.transitions }),
    }));
    return [
      ...kept,
      { abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS), expiredObjectDeleteMarker: true },
    ];
  }
}

function validateTransitions(transitions: ArchiveTransition[], end: number) {
  let before: { storageClass: string; day: number } | undefined;
  transitions.forEach(({ storageClass: { value: storageClass }, transitionAfter }, index) => {
    const day = transitionAfter.toDays();
    if (!CLASSES.includes(storageClass)) {
      throw new Error(`storageClass must be ${CLASSES.join(', ')}, got ${storageClass}`);
    }
    if (before !== undefined && CLASSES.indexOf(storageClass) <= CLASSES.indexOf(before.storageClass)) {
      throw new Error(
        `transitions must be in the order ${CLASSES.join(', ')}, got ${storageClass} after ${before.storageClass}`,
      );
    }
    const earliest = before === undefined ? (MIN_DAYS_IN_STANDARD[storageClass] ?? 0) : before.day + 1;
    if (day < earliest) {
      throw new Error(`transitionAfter of ${storageClass} must be at least ${earliest} days, got ${day}`);
    }
    const next = transitions[index + 1]?.transitionAfter.toDays() ?? end;
    if (day >= end) {
      throw new Error(
        `transitionAfter of ${storageClass} must be before objects are deleted, on day ${end}, got ${day} days`,
      );
    }
    if (next - day < MIN_DAYS[storageClass]) {
      throw new Error(
        `objects must be in ${storageClass} for at least ${MIN_DAYS[storageClass]} days, which are billed in any case, ` +
          `got ${next - day}: from day ${day} to day ${next}`,
      );
    }
    before = { storageClass, day };
  });
}
