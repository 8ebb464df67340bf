import type * as Core from '@log-archiver/core';

/**
 * Rules and limits that the Lambda functions apply in a run, for checks at synthesis.
 *
 * The same code, published inside this package as a bundle: a jsii package cannot depend on a package that is not
 * published.
 */
const core: typeof Core = require('../../assets/core');

export const {
  BINDING_VARIABLES,
  EXPORT_DELAY_HOURS,
  LONGEST_PERIOD_DAYS,
  MAX_LOG_GROUP_NAME_LENGTH,
  MAX_NAME_CHARACTERS,
  MAX_PERIODS,
  METADATA_PREFIX,
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  OLDEST_EVENT_MS,
  POLLING_LIMIT_HOURS,
  POLLING_SECONDS,
  SLOT_WAIT_LIMIT_HOURS,
  STATEMENTS_PREFIX,
  TABLE_KEY,
  TABLE_PAGE_KEY,
  VERIFIED_PREFIX,
  defaultS3Prefix,
  destinationPrefix,
  findNeededRetention,
  isLogGroupName,
  runbookLink,
  validateKeyPrefix,
  validateTimeZone,
} = core;
