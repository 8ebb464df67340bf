import { DescribeLogGroupsCommand, ListLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

/** What CloudWatch Logs says of a log group. */
export interface LogGroupDetails {
  creationTime: number;
  /** `null`: for ever. */
  retentionInDays: number | null;
  storedBytes: number;
  logGroupClass: string;
}

/** The log groups of the account and Region; each scan is made once. */
export class LogGroupDirectory {
  private readonly scans = new Map<string, Promise<Map<string, LogGroupDetails>>>();

  constructor(private readonly services: Clients) {}

  /** Names are in order, so one that exists is the first of those that start with it. */
  public async find(logGroupName: string): Promise<LogGroupDetails | null> {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName, limit: 1 });
    const { logGroups: [first] = [] } = await retryInPlace(this.services, () => this.services.logs.send(command));
    return first?.logGroupName === logGroupName ? detailsOf(first) : null;
  }

  /** Those whose names start with the prefix, by name. */
  public startingWith(prefix: string): Promise<Map<string, LogGroupDetails>> {
    const scan = this.scans.get(prefix) ?? this.scan(prefix);
    this.scans.set(prefix, scan);
    return scan;
  }

  /** The names of those that have the tag with one of the values; without any, the tag alone. */
  public async tagged(key: string, values: string[]): Promise<Set<string>> {
    const logGroupTags = [values.length === 0 ? { key } : { key, values }];
    const names = new Set<string>();
    let nextToken: string | undefined;
    do {
      const command = new ListLogGroupsCommand({ logGroupTags, limit: 1_000, nextToken });
      const page = await retryInPlace(this.services, () => this.services.logs.send(command));
      for (const { logGroupName } of page.logGroups ?? []) {
        names.add(logGroupName ?? '');
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return names;
  }

  /** By prefix, not by pattern: to a pattern AWS answers without retention and class. */
  private async scan(prefix: string): Promise<Map<string, LogGroupDetails>> {
    const found = new Map<string, LogGroupDetails>();
    let nextToken: string | undefined;
    do {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix || undefined, nextToken });
      const page = await retryInPlace(this.services, () => this.services.logs.send(command));
      for (const logGroup of page.logGroups ?? []) {
        found.set(logGroup.logGroupName ?? '', detailsOf(logGroup));
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  }
}

function detailsOf({ creationTime, retentionInDays, storedBytes, logGroupClass }: LogGroup): LogGroupDetails {
  return {
    creationTime: creationTime ?? 0,
    retentionInDays: retentionInDays ?? null,
    storedBytes: storedBytes ?? 0,
    logGroupClass: logGroupClass ?? 'STANDARD',
  };
}
