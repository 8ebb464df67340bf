import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { type LogGroupDetails, LogGroupDirectory } from '@log-archiver/aws-clients/log-groups';
import {
  type LogGroupFilter,
  type LogGroupSelector,
  type LogGroupTarget,
  type PlanArchiveRequest,
  receiptName,
  resolveS3Prefix,
} from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import type { ValidInput } from '../run-input';

type DetailedTarget = LogGroupTarget & { details: LogGroupDetails | null };
type Matcher = (logGroupName: string) => boolean;

/**
 * Returns the log groups of a run, in the order of their receipts.
 *
 * A log group that is named keeps its own prefix, even if a selector also finds it.
 */
export async function findLogGroups(
  { selectors, logGroups, ownLogGroupNames, parameters }: PlanArchiveRequest,
  input: Pick<ValidInput, 'logGroups'>,
  clients: Pick<Clients, 'logs' | 'wait'>,
): Promise<FoundLogGroup[]> {
  const directory = new LogGroupDirectory(clients);
  const found = new Map<string, DetailedTarget>();
  for (const selector of input.logGroups === null ? selectors : []) {
    for (const [logGroupName, details] of await select(selector, directory)) {
      if (!ownLogGroupNames.includes(logGroupName)) {
        found.set(logGroupName, { logGroupName, s3Prefix: null, details });
      }
    }
  }
  for (const { logGroupName, s3Prefix } of input.logGroups ?? logGroups) {
    const details = found.get(logGroupName)?.details ?? (await directory.find(logGroupName));
    found.set(logGroupName, { logGroupName, s3Prefix, details });
  }
  return sortByReceipt(resolvePrefixes([...found.values()], parameters.keyPrefix));
}

/** Returns the log groups that a selector finds, by name; `null`: the selector names a log group that does not exist. */
async function select(
  { of, excluding }: LogGroupSelector,
  directory: LogGroupDirectory,
): Promise<Map<string, LogGroupDetails | null>> {
  const candidates = await findCandidates(of, directory);
  const matches = await createMatcher(of, directory);
  const excluded = await Promise.all(excluding.map((filter) => createMatcher(filter, directory)));
  return new Map([...candidates].filter(([name]) => matches(name) && !excluded.some((isExcluded) => isExcluded(name))));
}

async function findCandidates(
  filter: LogGroupFilter,
  directory: LogGroupDirectory,
): Promise<Map<string, LogGroupDetails | null>> {
  if (filter.by !== 'NAME') {
    return directory.findByPrefix(filter.by === 'PREFIX' ? filter.prefix : '');
  }
  const found = new Map<string, LogGroupDetails | null>();
  for (const name of filter.logGroupNames) {
    found.set(name, await directory.find(name));
  }
  return found;
}

async function createMatcher(filter: LogGroupFilter, directory: LogGroupDirectory): Promise<Matcher> {
  switch (filter.by) {
    case 'NAME':
      return (name) => filter.logGroupNames.includes(name);
    case 'PREFIX':
      return (name) => name.startsWith(filter.prefix);
    case 'PATTERN':
      return (name) => name.includes(filter.pattern);
    case 'TAG': {
      const tagged = await directory.findNamesByTag(filter.key, filter.values);
      return (name) => tagged.has(name);
    }
    case 'ALL':
      return () => true;
  }
}

function resolvePrefixes(targets: DetailedTarget[], keyPrefix: string): FoundLogGroup[] {
  const prefixes = targets.map((target) => resolveS3Prefix(target, keyPrefix));
  const counts = new Map<string, number>();
  for (const s3Prefix of prefixes) {
    counts.set(s3Prefix, (counts.get(s3Prefix) ?? 0) + 1);
  }
  return targets.map(({ logGroupName, details }, index) => {
    const s3Prefix = prefixes[index] as string;
    return { logGroupName, s3Prefix, clashes: counts.get(s3Prefix) !== 1, details };
  });
}

function sortByReceipt(logGroups: FoundLogGroup[]): FoundLogGroup[] {
  const named = logGroups.map((logGroup) => ({ name: receiptName(logGroup), logGroup }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ logGroup }) => logGroup);
}
