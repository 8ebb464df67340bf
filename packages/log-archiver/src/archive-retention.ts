import { Duration, Token } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { DURATION, validateType } from './private/validate-types';

/** Average length of a year. The total is rounded up, so that leap days never shorten the retention. */
const DAYS_IN_YEAR = 365.25;
const MAX_YEARS = 100;
/** Days in which an object that was deleted or overwritten by mistake can be restored. */
const NONCURRENT_DAYS = 90;
const INCOMPLETE_UPLOAD_DAYS = 7;
/**
 * Days before a transition from S3 Standard: S3 requires 30 for Standard-IA. An object in the Glacier classes must be
 * restored before it can be read, so it stays readable for at least a day.
 */
const MIN_STANDARD_DAYS: Record<string, number> = {
  [StorageClass.INFREQUENT_ACCESS.value]: 30,
  [StorageClass.GLACIER.value]: 1,
  [StorageClass.DEEP_ARCHIVE.value]: 1,
};
/**
 * Minimum billed duration of each storage class, in the order in which S3 allows transitions.
 *
 * One Zone-IA is missing: it must not hold the only copy of an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const MIN_BILLED_DAYS: Record<string, number> = {
  [StorageClass.INFREQUENT_ACCESS.value]: 30,
  [StorageClass.INTELLIGENT_TIERING.value]: 0,
  [StorageClass.GLACIER_INSTANT_RETRIEVAL.value]: 90,
  [StorageClass.GLACIER.value]: 90,
  [StorageClass.DEEP_ARCHIVE.value]: 180,
};
const CLASSES = Object.keys(MIN_BILLED_DAYS);

/** Transition of archived objects to another storage class. */
export interface ArchiveTransition {
  /**
   * Storage class: `INFREQUENT_ACCESS`, `INTELLIGENT_TIERING`, `GLACIER_INSTANT_RETRIEVAL`, `GLACIER` or
   * `DEEP_ARCHIVE`.
   *
   * Objects in the last two must be restored before they can be read, also by Athena.
   */
  readonly storageClass: StorageClass;

  /** Time between the creation of an object and its transition, in whole days. */
  readonly transitionAfter: Duration;
}

/** Options of an `ArchiveRetention`. */
export interface ArchiveRetentionOptions {
  /**
   * Transitions to other storage classes, in this order.
   *
   * Objects under 128 KB stay in S3 Standard, where they cost less than a transition, which is billed per object.
   *
   * @default - objects stay in S3 Standard
   */
  readonly transitions?: ArchiveTransition[];
}

/**
 * Time for which archived objects are kept, counted from the creation of each object.
 *
 * An object is created after the end of its period, so every event is kept for at least this time.
 *
 * A version that has expired, or was deleted or overwritten, is removed 90 days later, or when its Object Lock ends if
 * that is later. Only a lock for the whole `duration` prevents that an overwritten object is lost. Receipts and everything else under
 * `_log-archiver/` never expire, so that they still prove what was archived.
 *
 * @exampleMetadata fixture=construct
 * @example
 * const retention = ArchiveRetention.years(7, {
 *   transitions: [
 *     { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) },
 *   ],
 * });
 */
export class ArchiveRetention {
  /**
   * Keeps objects for a number of years, with leap days: 7 years are 2,557 days.
   *
   * Throws if S3 does not allow a transition, or if objects leave a storage class before its minimum billed duration.
   * The minimum is 30 days in Standard-IA, 90 in Glacier Instant and Flexible Retrieval, and 180 in Glacier Deep
   * Archive.
   *
   * @param years whole number from 1 to 100
   * @param options transitions to other storage classes
   */
  public static years(years: number, options: ArchiveRetentionOptions = {}): ArchiveRetention {
    if (Token.isUnresolved(years)) {
      throw new Error('years must be known at synthesis, got a token');
    }
    if (!Number.isInteger(years) || years < 1 || years > MAX_YEARS) {
      const shown = typeof years === 'number' ? years : JSON.stringify(years);
      throw new Error(`years must be a whole number from 1 to ${MAX_YEARS}, got ${shown}`);
    }
    return new ArchiveRetention(Math.ceil(years * DAYS_IN_YEAR), options.transitions ?? []);
  }

  /** Time for which objects are kept. Pass it to `objectLock`, so that they are locked for as long. */
  public readonly duration: Duration;

  private readonly transitions: ArchiveTransition[];

  private constructor(days: number, transitions: ArchiveTransition[]) {
    validateTransitions(transitions, days);
    this.duration = Duration.days(days);
    this.transitions = transitions;
  }

  /**
   * Returns a rule for each prefix, because an S3 filter cannot exclude one, and a rule that cleans up what has no
   * object.
   *
   * @internal
   */
  public _lifecycleRules(prefixes: string[]): LifecycleRule[] {
    const expirations = prefixes.map((prefix) => ({
      prefix,
      expiration: this.duration,
      noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
      ...(this.transitions.length > 0 && { transitions: this.transitions }),
    }));
    return [
      ...expirations,
      { abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS), expiredObjectDeleteMarker: true },
    ];
  }
}

function validateTransitions(transitions: ArchiveTransition[], end: number) {
  let before: { storageClass: string; day: number } | undefined;
  transitions.forEach(({ storageClass: { value: storageClass }, transitionAfter }, index) => {
    validateType('transitionAfter', transitionAfter, DURATION);
    const day = transitionAfter.toDays();
    if (!CLASSES.includes(storageClass)) {
      throw new Error(`storageClass must be one of ${CLASSES.join(', ')}, got ${storageClass}`);
    }
    if (before !== undefined && CLASSES.indexOf(storageClass) <= CLASSES.indexOf(before.storageClass)) {
      throw new Error(
        `transitions must be in the order ${CLASSES.join(', ')}, got ${storageClass} after ${before.storageClass}`,
      );
    }
    const earliest = before === undefined ? (MIN_STANDARD_DAYS[storageClass] ?? 0) : before.day + 1;
    if (day < earliest) {
      const least = earliest === 1 ? '1 day' : `${earliest} days`;
      throw new Error(`transitionAfter of ${storageClass} must be at least ${least}, got ${day}`);
    }
    const next = transitions[index + 1]?.transitionAfter.toDays() ?? end;
    if (day >= end) {
      throw new Error(
        `transitionAfter of ${storageClass} must be before objects expire on day ${end}, got ${day} days`,
      );
    }
    if (next - day < MIN_BILLED_DAYS[storageClass]) {
      throw new Error(
        `objects must stay in ${storageClass} for at least ${MIN_BILLED_DAYS[storageClass]} days (its minimum billed ` +
          `duration), got ${next - day} (day ${day} to day ${next})`,
      );
    }
    before = { storageClass, day };
  });
}
