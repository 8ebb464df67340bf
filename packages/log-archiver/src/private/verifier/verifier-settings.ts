import { Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ArchiveVerifierProps, ExpectedArchiver } from '../../archive-verifier-props';
import { findManagedBucket, type ManagedBucket } from '../destination/managed-bucket';
import { validateAccount, validateDifferent, validateIsSourceAccount } from '../destination/validate-archive-bucket';
import {
  validateArchiverPrefix,
  validateIsBucket,
  validateNoPrefixInArchiveBucket,
  validateReadBucket,
} from '../destination/validate-destination';
import type { FunctionSettings } from '../functions/archive-function';
import { validateTopic } from '../notifications/validate-topic';
import { DEFAULT_ROLE_PATH, validateRolePath } from '../role-path';
import { areKnown, validateEnvironment } from '../validate-environment';
import * as types from '../validate-types';

/** Days between two runs: a run starts on the same day of each month. */
export const RUN_EVERY_DAYS = 31;

/** Limit of `verifyEvery`: 10 years. A fault that is found later can no longer be investigated. */
const MAX_VERIFY_EVERY_DAYS = 3_653;
/** Limit of `retention`: 100 years, as in an `ArchiveRetention`. */
const MAX_RETENTION_DAYS = 36_525;

/** Properties of a verifier, with their defaults applied, and validated. */
export interface VerifierSettings extends FunctionSettings {
  readonly bucket: IBucket;
  /** `null`: the bucket is an archive bucket, in which the verifier finds all archivers. */
  readonly keyPrefix: string | null;
  readonly expect: ExpectedArchiver[];
  readonly otherBuckets: IBucket[];
  readonly verifyEveryDays: number;
  /** `null`: objects never expire. */
  readonly retentionDays: number | null;
  /** @default - no notifications */
  readonly notificationTopic?: ITopic;
}

/** Returns the settings of a verifier. Throws if one of them is invalid. */
export function resolveVerifierSettings(scope: Construct, props: ArchiveVerifierProps): VerifierSettings {
  const { bucket, keyPrefix, expect = [], otherBuckets = [], notificationTopic } = props;
  validatePropTypes(props);
  const managed = findManagedBucket(bucket);
  const rolePath = props.rolePath ?? managed?.rolePath ?? DEFAULT_ROLE_PATH;
  validateReadBucket(scope, 'verifier', bucket);
  validatePrefix(keyPrefix, managed);
  validateExpected(scope, expect, managed);
  validateOtherBuckets(scope, [bucket, ...otherBuckets]);
  validateRolePath(rolePath);
  if (notificationTopic) {
    validateTopic(scope, 'verifier', notificationTopic);
  }
  return {
    bucket,
    keyPrefix: managed ? null : (keyPrefix ?? ''),
    expect,
    otherBuckets,
    verifyEveryDays: getDays('verifyEvery', props.verifyEvery ?? Duration.days(365), {
      minimum: RUN_EVERY_DAYS + 1,
      maximum: MAX_VERIFY_EVERY_DAYS,
    }),
    retentionDays: props.retention
      ? getDays('retention', props.retention, { minimum: 1, maximum: MAX_RETENTION_DAYS })
      : (managed?.retentionDays ?? null),
    notificationTopic,
    rolePath,
    logRetention: RetentionDays.ONE_MONTH,
  };
}

function validatePropTypes(props: ArchiveVerifierProps) {
  if (props.bucket === undefined) {
    throw new Error('bucket is required: a verifier reads the archive in it');
  }
  validateIsBucket(props.bucket);
  types.validateArray('otherBuckets', props.otherBuckets, types.BUCKET);
  types.validateTypes({
    keyPrefix: [props.keyPrefix, types.STRING],
    expect: [props.expect, types.ARRAY],
    verifyEvery: [props.verifyEvery, types.DURATION],
    retention: [props.retention, types.DURATION],
    notificationTopic: [props.notificationTopic, types.TOPIC],
    rolePath: [props.rolePath, types.STRING],
  });
  for (const archiver of props.expect ?? []) {
    types.validateType('each of expect', archiver, EXPECTED_ARCHIVER);
    types.validateType('account of each of expect', archiver.account, types.STRING);
    types.validateType('region of each of expect', archiver.region, types.STRING);
  }
}

const EXPECTED_ARCHIVER: types.ArgumentType = {
  name: 'an object with account and region',
  matches: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function validatePrefix(keyPrefix: string | undefined, managed: ManagedBucket | undefined) {
  if (keyPrefix === undefined) {
    return;
  }
  validateNoPrefixInArchiveBucket('the verifier finds all archivers', keyPrefix, managed);
  validateArchiverPrefix(keyPrefix);
}

/** Throws if an expected archiver could never be found in the bucket. */
function validateExpected(scope: Construct, expect: ExpectedArchiver[], managed: ManagedBucket | undefined) {
  const stack = Stack.of(scope);
  for (const { account, region } of expect) {
    validateAccount('account of each of expect', account);
    validateRegion(region);
    if (areKnown(region, stack.region) && region !== stack.region) {
      throw new Error(
        `region of each of expect must be ${stack.region}, the Region of the bucket (CloudWatch Logs exports only to ` +
          `buckets of its own Region), got ${JSON.stringify(region)}; create an ArchiveVerifier in ${region}`,
      );
    }
    validateIsSourceAccount(account, managed ?? {});
  }
  const [first, second] = new Set(expect.map(({ region }) => region).filter((region) => areKnown(region)));
  if (second !== undefined) {
    throw new Error(`expect must have only one Region, that of the bucket, got ${first} and ${second}`);
  }
  validateDifferent(
    'expect',
    expect.map(({ account }) => account),
  );
}

function validateRegion(region: string) {
  if (areKnown(region) && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw new Error(`region of each of expect must be a Region such as eu-west-1, got ${JSON.stringify(region)}`);
  }
}

/** Throws if the role of the verifier cannot read another bucket, or if a table would be read twice. */
function validateOtherBuckets(scope: Construct, [bucket, ...otherBuckets]: IBucket[]) {
  const names = [bucket?.bucketName];
  for (const other of otherBuckets) {
    validateEnvironment(scope, { field: 'each of otherBuckets', user: 'verifier', aspects: ['account'] }, other.env);
    if (names.includes(other.bucketName)) {
      throw new Error(`otherBuckets must not contain duplicates or the bucket itself, got ${other.bucketName} twice`);
    }
    names.push(other.bucketName);
  }
}

function getDays(field: string, duration: Duration, { minimum, maximum }: Record<'minimum' | 'maximum', number>) {
  if (duration.isUnresolved()) {
    throw new Error(`${field} must be known at synthesis, got a token`);
  }
  const days = duration.toMilliseconds() / Duration.days(1).toMilliseconds();
  if (!Number.isInteger(days) || days < minimum || days > maximum) {
    throw new Error(
      `${field} must be a whole number of days from ${minimum} to ${maximum.toLocaleString('en')}, got ` +
        duration.toHumanString(),
    );
  }
  return days;
}
