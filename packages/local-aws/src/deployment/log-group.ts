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
