/**
 * Quotas of AWS, each with its page, and the limits of our own that follow from them.
 *
 * A limit lives here if two files must agree on it, or if it comes from AWS's documentation.
 */

import type { Granularity } from './contract';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * Time until an event can be exported: "Log data can take up to 12 hours to become available for export."
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
export const EXPORT_DELAY_HOURS = 12;
export const EXPORT_DELAY_MS = EXPORT_DELAY_HOURS * HOUR_MS;

/**
 * Duration of a failed export task from which it counts as given up: "Export tasks time out after 24 hours."
 * A second export of the same range would take as long.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
export const GIVEN_UP_AFTER_MS = 23.5 * HOUR_MS;

/**
 * Seconds for which one invocation polls an export task or the slot before the state machine retries it.
 *
 * The timeout of these functions is longer, see `ArchiveFunction`.
 */
export const POLLING_SECONDS = 50;

/** Hours for which the state machine polls an export task: one more than the 24 after which AWS gives it up. */
export const POLLING_LIMIT_HOURS = 25;

/**
 * Maximum age of an event at ingestion: "None of the log events in the batch can be more than 14 days in the past."
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const OLDEST_EVENT_MS = 14 * DAY_MS;

/**
 * Time for which a run waits while foreign tasks hold the export slot, for all its items together.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html ("one active export task at a time")
 */
export const SLOT_WAIT_LIMIT_HOURS = 48;
export const SLOT_WAIT_LIMIT_MS = SLOT_WAIT_LIMIT_HOURS * HOUR_MS;

/**
 * Margin between what is retained and the start of an export that was cut to it.
 *
 * The start of what is retained moves on every moment, and an item may have to wait for its turn.
 */
export const RETENTION_MARGIN_MS = HOUR_MS;

/** Days of the longest period of each granularity. */
export const LONGEST_PERIOD_DAYS: Record<Granularity, number> = { MONTHLY: 31, DAILY: 1 };

/** Maximum number of periods that a scheduled run checks: three years of months, or five weeks of days. */
export const MAX_PERIODS = 36;

/**
 * Maximum size of a state's data and of an invocation's payload.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_STATE_DATA_BYTES = 262_144;

/** Maximum size of an execution's input. A page of items, their outcomes and the summary must fit beside it. */
export const MAX_INPUT_BYTES = 120_000;

/**
 * Maximum number of items on a page.
 *
 * Their results fit into the data of a state beside a short input, with messages of the maximum length.
 */
export const MAX_PAGE_ITEMS = 25;

/**
 * Maximum number of pages with exports in a run.
 *
 * A page takes 16 of the 25,000 events of an execution's history; the rest is for pages without items.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_PAGES = 1_000;

/**
 * Maximum number of entries in a report. The planner holds the report in memory: with names of 512 characters, 1.4 of
 * its 2 GB.
 */
export const MAX_REPORT_ENTRIES = 250_000;

/**
 * Maximum length of a Fail state's Cause.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_CAUSE_CHARACTERS = 32_768;

/** Maximum length of an error message of a function. An outcome contains the message, and a page of outcomes must fit. */
export const MAX_MESSAGE_CHARACTERS = 1_000;

/** Time after which a function stops and continues in its next invocation. Lambda ends it after 15 minutes. */
export const INVOCATION_BUDGET_MS = 5 * MINUTE_MS;

/**
 * Maximum length of a log group's name.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export const MAX_LOG_GROUP_NAME_LENGTH = 512;

/**
 * Maximum length of an export task's name.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html
 */
export const MAX_TASK_NAME_LENGTH = 512;

/**
 * Maximum size of a destination prefix.
 *
 * S3 allows keys of 1,024 bytes, and AWS appends `/<taskId>/<log stream>/000000.gz` (1 + 36 + 1 + up to 512 + 10).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/destination-prefix.html
 */
export const MAX_DESTINATION_PREFIX_BYTES = 1_024 - 560;
