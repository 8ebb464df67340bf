/** The rules that the construct applies at synthesis. Bundled for it, because a jsii package cannot depend on a private one. */

export { BINDING_VARIABLES } from './binding';
export { defaultS3Prefix, destinationPrefix, validateKeyPrefix } from './keys/destination-prefix';
export { MAX_NAME_CHARACTERS, METADATA_PREFIX } from './keys/metadata-keys';
export { STATEMENTS_PREFIX, TABLE_KEY, TABLE_PAGE_KEY, VERIFIED_PREFIX } from './keys/verified-keys';
export {
  EXPORT_DELAY_HOURS,
  LONGEST_PERIOD_DAYS,
  MAX_LOG_GROUP_NAME_LENGTH,
  MAX_PERIODS,
  OLDEST_EVENT_MS,
  POLLING_LIMIT_HOURS,
  POLLING_SECONDS,
  SLOT_WAIT_LIMIT_HOURS,
} from './limits';
export { isLogGroupName } from './log-group-name';
export { METRIC_DIMENSION, METRIC_NAMESPACE } from './metrics';
export { findNeededRetention } from './retention';
export { runbookLink } from './texts/runbook';
export { validateTimeZone } from './time-zones';
