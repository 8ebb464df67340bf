import { Duration, RemovalPolicy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Granularity } from '../granularity';
import type { LogArchiverProps } from '../log-archiver-props';
import { EXPORT_DELAY_HOURS, MAX_PERIODS, OLDEST_EVENT_MS, validateTimeZone } from './core';
import { findManagedBucket } from './destination/managed-bucket';
import { validateDestination, validateIsBucket } from './destination/validate-destination';
import { validateTopic } from './notifications/validate-topic';
import { DEFAULT_ROLE_PATH, validateRolePath } from './role-path';
import { validateKey } from './validate-environment';
import { validateNetwork } from './validate-network';
import * as types from './validate-types';

const HOUR_MS = 3_600_000;
/** Hours after which no event of a period can become exportable any more, so that waiting longer gains nothing. */
const MAX_SETTLE_HOURS = OLDEST_EVENT_MS / HOUR_MS + EXPORT_DELAY_HOURS;

/** Properties of an archiver, with their defaults applied, and validated. */
export interface Settings {
  readonly granularity: Granularity;
  readonly timeZone: TimeZone;
  readonly settleTime: Duration;
  readonly lookbackPeriods: number;
  /** Hour of the day, in the time zone. @default - three hours after the hour at which periods have settled */
  readonly scheduleHour?: number;
  readonly enabled: boolean;
  readonly rolePath: string;
  /** @default - the archiver creates a bucket */
  readonly bucket?: IBucket;
  /** Empty if keys start with the year. */
  readonly keyPrefix: string;
  /** @default - keys that AWS owns */
  readonly encryptionKey?: IKey;
  /** @default - no notifications */
  readonly notificationTopic?: ITopic;
  /** Days. */
  readonly logRetention: RetentionDays;
  /** @default - each log group has a policy of its own */
  readonly logRemovalPolicy?: RemovalPolicy;
  /** @default - the functions are not connected to a VPC */
  readonly vpc?: IVpc;
  /** @default - private subnets */
  readonly vpcSubnets?: SubnetSelection;
  /** @default - a new security group for each function */
  readonly securityGroups?: ISecurityGroup[];
}

/** Returns the settings of an archiver. Throws if one of them is invalid. */
export function resolveSettings(scope: Construct, props: LogArchiverProps): Settings {
  validatePropTypes(props);
  const settings: Settings = {
    granularity: props.granularity ?? Granularity.MONTHLY,
    timeZone: props.timeZone ?? TimeZone.ETC_UTC,
    settleTime: props.settleTime ?? Duration.hours(24),
    lookbackPeriods: props.lookbackPeriods ?? 3,
    scheduleHour: props.scheduleHour,
    enabled: props.enabled ?? true,
    rolePath: props.rolePath ?? DEFAULT_ROLE_PATH,
    bucket: props.bucket,
    keyPrefix: props.keyPrefix ?? defaultKeyPrefix(scope, props.bucket),
    encryptionKey: props.encryptionKey,
    notificationTopic: props.notificationTopic,
    logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
    logRemovalPolicy: props.logRemovalPolicy,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
  };
  validateSettings(scope, settings);
  return settings;
}

function validatePropTypes(props: LogArchiverProps) {
  types.validateArray('logGroups', props.logGroups, types.LOG_GROUP);
  types.validateArray('selections', props.selections, types.SELECTION);
  types.validateArray('securityGroups', props.securityGroups, types.SECURITY_GROUP);
  validateIsBucket(props.bucket);
  types.validateTypes({
    keyPrefix: [props.keyPrefix, types.STRING],
    timeZone: [props.timeZone, types.TIME_ZONE],
    granularity: [props.granularity, types.STRING],
    settleTime: [props.settleTime, types.DURATION],
    lookbackPeriods: [props.lookbackPeriods, types.NUMBER],
    scheduleHour: [props.scheduleHour, types.NUMBER],
    enabled: [props.enabled, types.BOOLEAN],
    rolePath: [props.rolePath, types.STRING],
    notificationTopic: [props.notificationTopic, types.TOPIC],
    encryptionKey: [props.encryptionKey, types.KEY],
    logRetention: [props.logRetention, types.NUMBER],
    logRemovalPolicy: [props.logRemovalPolicy, types.STRING],
    vpc: [props.vpc, types.VPC],
    vpcSubnets: [props.vpcSubnets, types.SUBNET_SELECTION],
  });
}

function validateSettings(scope: Construct, settings: Settings) {
  const { timeZone, encryptionKey, notificationTopic } = settings;
  validateZone(timeZone);
  validateGranularity(settings.granularity);
  validateSettleTime(settings.settleTime);
  validateLookbackPeriods(settings.lookbackPeriods);
  validateRolePath(settings.rolePath);
  validateScheduleHour(settings.scheduleHour);
  validateOwnLogGroups(settings);
  validateNetwork(scope, settings);
  if (encryptionKey) {
    validateKey(scope, { field: 'encryptionKey', user: 'archiver', aspects: ['account', 'region'] }, encryptionKey);
  }
  validateDestination(scope, settings);
  if (notificationTopic) {
    validateTopic(scope, 'archiver', notificationTopic);
  }
}

/** Returns the account and Region if the bucket may hold the archives of others, to keep them apart. */
function defaultKeyPrefix(scope: Construct, bucket: IBucket | undefined): string {
  const { account, region } = Stack.of(scope);
  const isShared = bucket !== undefined && (bucket.env.account !== account || findManagedBucket(bucket) !== undefined);
  return isShared ? `${account}/${region}` : '';
}

/** Throws unless the time zone is an IANA name. A token is accepted. */
export function validateZone({ timezoneName }: TimeZone) {
  if (!Token.isUnresolved(timezoneName)) {
    validateTimeZone(timezoneName);
  }
}

/** Throws unless the granularity is a value of the enum. */
export function validateGranularity(granularity: Granularity) {
  const values = Object.values(Granularity);
  if (!values.includes(granularity)) {
    throw new Error(`granularity must be one of ${values.join(', ')}, got ${JSON.stringify(granularity)}`);
  }
}

function validateSettleTime(settleTime: Duration) {
  if (settleTime.isUnresolved()) {
    throw new Error('settleTime must be known at synthesis, got a token');
  }
  const hours = settleTime.toMilliseconds() / HOUR_MS;
  if (!Number.isInteger(hours) || hours < EXPORT_DELAY_HOURS || hours > MAX_SETTLE_HOURS) {
    throw new Error(
      `settleTime must be a whole number of hours from ${EXPORT_DELAY_HOURS} to ${MAX_SETTLE_HOURS} (CloudWatch Logs ` +
        `accepts events that are up to 14 days old, and exports them up to ${EXPORT_DELAY_HOURS} hours later), got ` +
        settleTime.toHumanString(),
    );
  }
}

/** Each period that a run checks costs a listing in S3 every day. */
function validateLookbackPeriods(lookbackPeriods: number) {
  if (Token.isUnresolved(lookbackPeriods)) {
    throw new Error('lookbackPeriods must be known at synthesis, got a token');
  }
  if (!Number.isInteger(lookbackPeriods) || lookbackPeriods < 1 || lookbackPeriods > MAX_PERIODS) {
    throw new Error(`lookbackPeriods must be a whole number from 1 to ${MAX_PERIODS}, got ${lookbackPeriods}`);
  }
}

function validateScheduleHour(scheduleHour = 0) {
  if (Token.isUnresolved(scheduleHour)) {
    throw new Error('scheduleHour must be known at synthesis, got a token');
  }
  if (!Number.isInteger(scheduleHour) || scheduleHour < 0 || scheduleHour > 23) {
    throw new Error(`scheduleHour must be a whole number from 0 to 23, got ${scheduleHour}`);
  }
}

/** Values that the compiler does not check, because an app in JavaScript can pass any number and string. */
function validateOwnLogGroups({ logRetention, logRemovalPolicy }: Settings) {
  const days = Object.values(RetentionDays).filter((each) => typeof each === 'number');
  if (!Token.isUnresolved(logRetention) && !days.includes(logRetention)) {
    throw new Error(`logRetention must be a value of RetentionDays (one of ${days.join(', ')}), got ${logRetention}`);
  }
  const policies: RemovalPolicy[] = Object.values(RemovalPolicy).filter((each) => each !== RemovalPolicy.SNAPSHOT);
  if (logRemovalPolicy !== undefined && !policies.includes(logRemovalPolicy)) {
    throw new Error(`logRemovalPolicy must be one of ${policies.join(', ')}, got ${JSON.stringify(logRemovalPolicy)}`);
  }
}
