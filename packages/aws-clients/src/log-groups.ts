import { DescribeLogGroupsCommand, ListLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupProperties } from '@log-archiver/core';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

/** Properties of a log group when it was listed. */
export interface LogGroupDetails extends Omit<LogGroupProperties, 'removedBefore'> {
  /** CloudWatch Logs updates the value hours late. */
  storedBytes: number;
}

/** The log groups of the account and Region. Each prefix is listed only once. */
export class LogGroupDirectory {
  private readonly lists = new Map<string, Promise<Map<string, LogGroupDetails>>>();

  constructor(private readonly clients: Pick<Clients, 'logs' | 'wait'>) {}

  /** Returns a log group by its name. Names are sorted, so it is the first of those that start with its name. */
  public async find(logGroupName: string): Promise<LogGroupDetails | null> {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName, limit: 1 });
    const { logGroups: [first] = [] } = await retryInPlace(this.clients, () => this.clients.logs.send(command));
    return first?.logGroupName === logGroupName ? toDetails(first) : null;
  }

  /** Returns the log groups whose names start with the prefix, by name. */
  public findByPrefix(prefix: string): Promise<Map<string, LogGroupDetails>> {
    const list = this.lists.get(prefix) ?? this.list(prefix);
    this.lists.set(prefix, list);
    return list;
  }

  /** Returns the names of the log groups that have the tag with one of the values. Without values, any value matches. */
  public async findNamesByTag(key: string, values: string[]): Promise<Set<string>> {
    const logGroupTags = [values.length === 0 ? { key } : { key, values }];
    const names = new Set<string>();
    let nextToken: string | undefined;
    do {
      const command = new ListLogGroupsCommand({ logGroupTags, limit: 1_000, nextToken });
      const page = await retryInPlace(this.clients, () => this.clients.logs.send(command));
      for (const { logGroupName } of page.logGroups ?? []) {
        names.add(logGroupName ?? '');
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return names;
  }

  /** Lists by prefix, not by pattern: with a pattern, AWS leaves out retention and class. */
  private async list(prefix: string): Promise<Map<string, LogGroupDetails>> {
    const found = new Map<string, LogGroupDetails>();
    let nextToken: string | undefined;
    do {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix || undefined, nextToken });
      const page = await retryInPlace(this.clients, () => this.clients.logs.send(command));
      for (const logGroup of page.logGroups ?? []) {
        found.set(logGroup.logGroupName ?? '', toDetails(logGroup));
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  }
}

/** An account-level retention policy overrides that of the log group. `retentionInDays` is the effective value. */
function toDetails(logGroup: LogGroup): LogGroupDetails {
  return {
    logGroupClass: logGroup.logGroupClass ?? 'STANDARD',
    createdAt: logGroup.creationTime ?? 0,
    retentionInDays: logGroup.retentionInDays ?? null,
    deletionProtectionEnabled: logGroup.deletionProtectionEnabled ?? false,
    dataProtectionStatus: logGroup.dataProtectionStatus ?? null,
    storedBytes: logGroup.storedBytes ?? 0,
  };
}
