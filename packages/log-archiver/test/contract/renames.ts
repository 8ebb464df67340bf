const CONSTRUCT = 'log-archiver.ts';
const SELECTION = 'log-group-selection.ts';
const SCHEDULE = 'private/archive-schedule.ts';
const PERMISSIONS = 'private/functions/log-group-permissions.ts';
const LIST = 'private/log-group-list.ts';
const COVERAGE = 'private/filter-coverage.ts';
const OVERLAP = 'private/validate-overlap.ts';
const ALARMS = 'private/notifications/run-alarms.ts';
const WORKFLOW = 'private/workflow/archive-workflow.ts';
const ITEM = 'private/workflow/item-states.ts';
const NOTIFY = 'private/workflow/notify-states.ts';
const REPORT = 'private/workflow/report-states.ts';
const RETRY = 'private/workflow/retry-policies.ts';
const RUN_DATA = 'private/workflow/run-data.ts';

/** Renames in core, each with the sources that must not compile after it. */
export const RENAMES: [type: string, from: string, to: string, sources: string[]][] = [
  ['LogGroupTarget', 'logGroupName', 'name', [LIST]],
  ['LogGroupTarget', 's3Prefix', 'prefix', [LIST]],
  ['LogGroupFilter', "'NAME'", "'NAMES'", [CONSTRUCT, SELECTION, COVERAGE, PERMISSIONS, LIST, OVERLAP]],
  ['LogGroupFilter', "'TAG'", "'LABEL'", [SELECTION, COVERAGE, PERMISSIONS, OVERLAP]],
  ['LogGroupSelector', 'of', 'from', [CONSTRUCT, SELECTION, LIST, OVERLAP]],
  ['LogGroupSelector', 'excluding', 'without', [SELECTION, LIST, OVERLAP]],
  ['RunInput', 'scheduledTime', 'at', [SCHEDULE]],
  ['ArchiveParameters', 's3BucketName', 'bucketName', [WORKFLOW, ITEM]],
  ['ArchiveParameters', 'settleHours', 'hours', [WORKFLOW]],
  ['ArchiveParameters', 'lookback', 'periods', [WORKFLOW]],
  ['ArchiveExecution', 'stateMachineArn', 'machine', [RUN_DATA]],
  ['RunContext', 'parameters', 'settings', [WORKFLOW, ITEM, RUN_DATA]],
  ['PlanArchiveRequest', 'selectors', 'selections', [WORKFLOW]],
  ['PlanArchiveRequest', 'ownLogGroupNames', 'own', [WORKFLOW]],
  ['PlanArchiveRequest', 'page', 'number', [WORKFLOW]],
  ['ArchivePage', 'next', 'then', [WORKFLOW]],
  ['ArchivePage', 'items', 'work', [WORKFLOW, RUN_DATA]],
  ['ArchivePage', 'standsAsideFor', 'other', [REPORT]],
  ['ArchivePage', "'PLAN'", "'AGAIN'", [WORKFLOW]],
  ['ArchivePage', "'STAND_ASIDE'", "'YIELD'", [WORKFLOW]],
  ['ArchivePage', 'number', 'page', [WORKFLOW, RUN_DATA]],
  ['ArchivePage', 'summary', 'result', [REPORT]],
  ['ArchiveItem', 'logGroupName', 'name', [ITEM]],
  ['ArchiveItem', 'period', 'month', [ITEM]],
  ['ExportLogToS3Request', 'item', 'export', [ITEM]],
  ['ExportLogToS3Request', 'execution', 'run', [ITEM]],
  ['ExportTask', 'taskId', 'id', [ITEM, RUN_DATA]],
  ['ExportTask', 'destinationPrefix', 'prefix', [ITEM, RUN_DATA]],
  ['CompletedExportTask', 'completedAt', 'end', [RUN_DATA]],
  ['RecordArchiveRequest', 'progress', 'state', [ITEM]],
  ['RecordArchiveRequest', 'task', 'export', [ITEM]],
  ['ArchiveOutcome', 'status', 'result', [ITEM]],
  ['ArchiveOutcome', 'error', 'reason', [ITEM]],
  ['ArchiveOutcome', 'cause', 'message', [ITEM]],
  ['ArchiveOutcome', "'SKIPPED'", "'MISSING'", [ITEM]],
  ['ArchiveOutcome', "'FAILED'", "'BROKEN'", [ITEM]],
  ['ArchiveSummary', 'cause', 'why', [REPORT]],
  ['ArchiveSummary', 'notification', 'mail', [NOTIFY]],
  ['ArchiveNotification', 'subject', 'title', [NOTIFY]],
  ['ArchiveSummary', "'DRY_RUN'", "'REHEARSAL'", [REPORT]],
  ['ArchiveSummary', "'LOSS'", "'LOST'", [REPORT]],
  ['Granularity', "'MONTHLY'", "'MONATLICH'", [LIST, ALARMS, WORKFLOW]],
  ['InvalidArchiveRequest', "'InvalidArchiveRequest'", "'Renamed'", [RETRY]],
  ['LogGroupNotFound', "'LogGroupNotFound'", "'Renamed'", [RETRY]],
  ['ExportSlotBusy', "'ExportSlotBusy'", "'Renamed'", [RETRY]],
  ['ArchiveEmpty', "'ArchiveEmpty'", "'Renamed'", [RETRY]],
  ['ArchivePartial', "'ArchivePartial'", "'Renamed'", [RETRY]],
  ['EvidenceRefused', "'EvidenceRefused'", "'Renamed'", [RETRY]],
  ['ExportTaskMismatch', "'ExportTaskMismatch'", "'Renamed'", [RETRY]],
  ['RecordingUnfinished', "'RecordingUnfinished'", "'Renamed'", [RETRY]],
  ['ReceiptInvalid', "'ReceiptInvalid'", "'Renamed'", [RETRY]],
  ['UncompletedStatus', "'PENDING'", "'Renamed'", [RETRY]],
  ['AwsErrorName', "'AccessDeniedException'", "'Renamed'", [RETRY]],
];
