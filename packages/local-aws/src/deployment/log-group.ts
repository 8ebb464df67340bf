import type { LogGroupClass } from '../logs/stores/log-group';
import type { LogGroups } from '../logs/stores/log-groups';

/** The properties of an `AWS::Logs::LogGroup`, as far as they decide what is exported. */
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
