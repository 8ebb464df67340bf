import { AwsError } from '../../protocol/aws-error';
import { countEventBytes, type LogGroup, type LogGroupClass } from './log-group';
import type { LogGroups } from './log-groups';
import type { NextTokens, PagedQuery } from './next-tokens';
import { hasTags, type TagFilter } from './tag-filter';

interface DescribeLogGroupsInput extends PagedQuery {
  logGroupNamePrefix?: string;
  logGroupNamePattern?: string;
  logGroupIdentifiers?: string[];
  logGroupClass?: LogGroupClass;
}

interface ListLogGroupsInput extends PagedQuery {
  logGroupNamePattern?: string;
  logGroupTags?: TagFilter[];
  logGroupClass?: LogGroupClass;
}

const PAGE_SIZE = 50;
const getName = ({ logGroupName }: LogGroup) => logGroupName;

/** Implements DescribeLogGroups and ListLogGroups. */
export class LogGroupFinder {
  constructor(
    private readonly logGroups: LogGroups,
    private readonly nextTokens: NextTokens,
  ) {}

  public describe(input: DescribeLogGroupsInput) {
    const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, logGroupClass } = input;
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      );
    }
    if (logGroupIdentifiers && (logGroupNamePrefix ?? logGroupNamePattern ?? logGroupClass) !== undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'LogGroup identifiers and other filters are mutually exclusive parameters.',
      );
    }
    const found = this.logGroups
      .all()
      .filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix ?? ''))
      .filter(({ logGroupName }) => logGroupName.includes(logGroupNamePattern ?? ''))
      .filter((logGroup) => hasClass(logGroup, logGroupClass))
      .filter(({ logGroupName, logGroupArn }) =>
        (logGroupIdentifiers ?? [logGroupName]).some((identifier) =>
          [logGroupName, logGroupArn, `${logGroupArn}:*`].includes(identifier),
        ),
      );
    const hasPattern = logGroupNamePattern !== undefined;
    // Recorded on AWS: for a pattern, the last page has a token also. The page after it is empty.
    const { page, nextToken } = this.nextTokens.page(input, found, getName, PAGE_SIZE, hasPattern);
    const describe = hasPattern ? describeBriefly : this.describeFully;
    return { logGroups: page.map(describe), ...(nextToken === undefined ? {} : { nextToken }) };
  }

  public list(input: ListLogGroupsInput) {
    const { logGroupNamePattern = '', logGroupTags = [], logGroupClass } = input;
    const alternatives = logGroupNamePattern.split('|');
    const found = this.logGroups
      .all()
      .filter(({ logGroupName }) =>
        alternatives.some((part) =>
          part.startsWith('^') ? logGroupName.startsWith(part.slice(1)) : logGroupName.includes(part),
        ),
      )
      .filter((logGroup) => hasClass(logGroup, logGroupClass))
      .filter(({ tags }) => hasTags(tags, logGroupTags));
    const { page, nextToken } = this.nextTokens.page(input, found, getName, PAGE_SIZE);
    return {
      logGroups: page.map(({ logGroupName, logGroupArn, logGroupClass: ofClass }) => ({
        logGroupName,
        logGroupArn,
        logGroupClass: ofClass,
      })),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  }

  private readonly describeFully = (logGroup: LogGroup) => {
    const { dataProtectionStatus, kmsKeyId, logStreams } = logGroup;
    const events = [...logStreams.values()].flatMap((logStream) => this.logGroups.readEvents(logGroup, logStream));
    return {
      ...describeBriefly(logGroup),
      storedBytes: events.reduce((sum, event) => sum + countEventBytes(event), 0),
      ...this.logGroups.accountRetention.describe(logGroup),
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      ...(dataProtectionStatus === undefined ? {} : { dataProtectionStatus }),
    };
  };
}

/** Returns the fields that AWS returns for a search by pattern. Recorded on AWS. */
function describeBriefly(logGroup: LogGroup) {
  const { logGroupName, logGroupArn, creationTime, logGroupClass, deletionProtectionEnabled } = logGroup;
  return {
    logGroupName,
    creationTime,
    arn: `${logGroupArn}:*`,
    logGroupArn,
    logGroupClass,
    metricFilterCount: 0,
    deletionProtectionEnabled,
  };
}

/** Whether a log group has the class. AWS treats INFREQUENT_ACCESS and ESSENTIALS as equal. */
function hasClass({ logGroupClass }: LogGroup, wanted: LogGroupClass | undefined): boolean {
  const equal: LogGroupClass[] = ['INFREQUENT_ACCESS', 'ESSENTIALS'];
  return wanted === undefined || wanted === logGroupClass || [wanted, logGroupClass].every((c) => equal.includes(c));
}
