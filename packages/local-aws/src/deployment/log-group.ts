import type { LogGroupClass } from '../logs/stores/log-group';
import type { LogGroups } from '../logs/stores/log-groups';

/** Properties of an `AWS::Logs::LogGroup` that affect exports. */
export interface LogGroupProperties {
  readonly RetentionInDays?: number;
  readonly LogGroupClass?: LogGroupClass;
  readonly Tags?: readonly { Key: string; Value: string }[];
}

export function createLogGroup(
  logGroups: LogGroups,
  logGroupName: string,
  { RetentionInDays: retentionInDays, LogGroupClass: logGroupClass, Tags = [] }: LogGroupProperties,
) {
  const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  logGroups.create({ logGroupName, logGroupClass, tags });
  if (retentionInDays !== undefined) {
    logGroups.putRetentionPolicy({ logGroupName, retentionInDays });
  }
}

/** Updates the retention and the tags of a log group, which may have another name than before. */
export function updateLogGroup(logGroups: LogGroups, logGroupName: string, properties: LogGroupProperties) {
  if (!logGroups.has(logGroupName)) {
    createLogGroup(logGroups, logGroupName, properties);
    return;
  }
  const { RetentionInDays: retentionInDays, LogGroupClass: logGroupClass = 'STANDARD', Tags = [] } = properties;
  const logGroup = logGroups.get(logGroupName);
  if (logGroup.logGroupClass !== logGroupClass) {
    throw new Error(
      `class of log group ${logGroupName} must not change from ${logGroup.logGroupClass}, got ${logGroupClass}`,
    );
  }
  if (retentionInDays === undefined) {
    logGroups.deleteRetentionPolicy({ logGroupName });
  } else {
    logGroups.putRetentionPolicy({ logGroupName, retentionInDays });
  }
  logGroup.tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
}
