import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import { LogGroupDirectory } from '@log-archiver/aws-clients/log-groups';
import { type LogGroupTarget, type PlanArchiveRequest, receiptName, resolveS3Prefix } from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import type { ArchiveOrder } from '../run-input';
import { select } from './log-group-filter';

type Found = LogGroupTarget & { details: LogGroupDetails | null };

/** The log groups of a run, in the order of their receipts. One that is named has its own prefix, though a selector finds it, too. */
export async function findLogGroups(
  request: PlanArchiveRequest,
  order: ArchiveOrder,
  services: Clients,
): Promise<FoundLogGroup[]> {
  const directory = new LogGroupDirectory(services);
  const found = new Map<string, Found>();
  for (const selector of order.logGroups === null ? request.selectors : []) {
    for (const [logGroupName, details] of await select(selector, directory)) {
      if (!request.ownLogGroupNames.includes(logGroupName)) {
        found.set(logGroupName, { logGroupName, s3Prefix: null, details });
      }
    }
  }
  for (const { logGroupName, s3Prefix } of order.logGroups ?? request.logGroups) {
    const details = found.get(logGroupName)?.details ?? (await directory.find(logGroupName));
    found.set(logGroupName, { logGroupName, s3Prefix, details });
  }
  return inOrder(withPrefixes([...found.values()], request.parameters.keyPrefix));
}

function withPrefixes(found: Found[], keyPrefix: string): FoundLogGroup[] {
  const prefixes = found.map((logGroup) => resolveS3Prefix(logGroup, keyPrefix));
  const counts = new Map<string, number>();
  for (const s3Prefix of prefixes) {
    counts.set(s3Prefix, (counts.get(s3Prefix) ?? 0) + 1);
  }
  return found.map(({ logGroupName, details }, index) => {
    const s3Prefix = prefixes[index] as string;
    return { logGroupName, s3Prefix, clashes: counts.get(s3Prefix) !== 1, details };
  });
}

function inOrder(logGroups: FoundLogGroup[]): FoundLogGroup[] {
  const named = logGroups.map((logGroup) => ({ name: receiptName(logGroup), logGroup }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ logGroup }) => logGroup);
}
