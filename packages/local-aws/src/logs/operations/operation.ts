import type { Operation } from '../../protocol/operation';
import type { ExportTasks } from '../exports/export-tasks';
import type { Queries } from '../queries/queries';
import type { LogEventReader } from '../stores/log-event-reader';
import type { LogEvents } from '../stores/log-events';
import type { LogGroupFinder } from '../stores/log-group-finder';
import type { LogGroups } from '../stores/log-groups';
import type { LogStreams } from '../stores/log-streams';

/** Stores that the operations read and write. */
export interface LogsStores {
  readonly logGroups: LogGroups;
  readonly logGroupFinder: LogGroupFinder;
  readonly logStreams: LogStreams;
  readonly logEvents: LogEvents;
  readonly logEventReader: LogEventReader;
  readonly exportTasks: ExportTasks;
  readonly queries: Queries;
}

/** An operation of CloudWatch Logs. */
export interface LogsOperation extends Operation<LogsStores> {
  /** @default - unlimited */
  readonly callsPerSecond?: number;
}

/**
 * Quota of each export operation per account and Region, not adjustable.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const EXPORT_CALLS_PER_SECOND = 5;
