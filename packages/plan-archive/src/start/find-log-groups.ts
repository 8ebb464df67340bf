import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { type LogGroupDetails, LogGroupDirectory } from '@log-archiver/aws-clients/log-groups';
import {
  isLogGroupName,
  type LogGroupFilter,
  type LogGroupSelector,
  type LogGroupTarget,
  type PlanArchiveRequest,
  receiptName,
  resolveS3Prefix,
  show,
} from '@log-archiver/core';
import type { SeenLogGroup } from '../archiver-store';
import { groupBy } from '../group-by';
import type { FoundLogGroup, LogGroupFault } from '../log-group';
import type { ValidInput } from '../run-input';
import { findHistory } from './seen-log-groups';

/** Number of log groups from which one listing is faster than a call for each: DescribeLogGroups has 10 calls a second. */
const MAX_LOOKUPS = 50;
/** Maximum number of names in the cause of a clash. */
const MAX_CLASH_NAMES = 5;

type Matcher = (logGroupName: string) => boolean;

interface DetailedTarget extends LogGroupTarget {
  isNamed: boolean;
  /** Whether the log group is gone: an earlier run has seen it, and it does not exist any more. */
  isGone: boolean;
  details: LogGroupDetails | null;
}

/** Log groups that a run covers, and the selections that found none. */
export interface FoundLogGroups {
  /** In the order of their receipts. */
  logGroups: FoundLogGroup[];
  emptySelections: LogGroupSelector[];
}

/** Log groups as earlier runs saw them. */
export interface KnownLogGroups {
  readonly seen: ReadonlyMap<string, SeenLogGroup>;
  /** Names of the log groups whose last export was split. */
  readonly split: readonly string[];
}

/**
 * Finds the log groups of a run.
 *
 * A log group that is named keeps its own prefix, even if a selector also finds it. A run over all log groups also covers
 * those that an earlier run has seen, and that do not exist any more: their events may be lost.
 */
export async function findLogGroups(
  { selectors, logGroups, ownLogGroupNames, parameters }: PlanArchiveRequest,
  input: Pick<ValidInput, 'logGroups'>,
  known: KnownLogGroups,
  { now, ...clients }: Pick<Clients, 'logs' | 'wait'> & { now: number },
): Promise<FoundLogGroups> {
  const directory = new LogGroupDirectory(clients);
  const found = new Map<string, DetailedTarget>();
  const emptySelections: LogGroupSelector[] = [];
  for (const selector of input.logGroups === null ? selectors : []) {
    const selected = [...(await select(selector, directory))].filter(([name]) => !ownLogGroupNames.includes(name));
    if (selected.length === 0) {
      emptySelections.push(selector);
    }
    for (const [logGroupName, details] of selected) {
      const isNamed = selector.of.by === 'NAME' || found.get(logGroupName)?.isNamed === true;
      found.set(logGroupName, { logGroupName, s3Prefix: null, isNamed, isGone: false, details });
    }
  }
  for (const { logGroupName, s3Prefix } of input.logGroups ?? logGroups) {
    const details = found.get(logGroupName)?.details ?? (await findByName(logGroupName, directory));
    found.set(logGroupName, { logGroupName, s3Prefix, isNamed: true, isGone: false, details });
  }
  if (input.logGroups === null) {
    for (const target of await findGone(known.seen, found, ownLogGroupNames, directory)) {
      found.set(target.logGroupName, target);
    }
  }
  return { logGroups: sortByReceipt(complete([...found.values()], parameters.keyPrefix, known, now)), emptySelections };
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
  if (filter.by === 'PREFIX') {
    // CloudWatch Logs rejects a prefix that no log group can have.
    return isLogGroupName(filter.prefix) ? directory.findByPrefix(filter.prefix) : new Map();
  }
  if (filter.by !== 'NAME') {
    return directory.findByPrefix('');
  }
  const found = new Map<string, LogGroupDetails | null>();
  for (const name of filter.logGroupNames) {
    found.set(name, await findByName(name, directory));
  }
  return found;
}

/** Returns a log group by its name. CloudWatch Logs rejects an invalid name, which must fail only its own log group. */
async function findByName(name: string, directory: LogGroupDirectory): Promise<LogGroupDetails | null> {
  return isLogGroupName(name) ? directory.find(name) : null;
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

/**
 * Returns the log groups that earlier runs have seen, and that do not exist any more.
 *
 * A log group that exists, but is not found, was removed from the selection. Its events are not lost.
 */
async function findGone(
  seen: KnownLogGroups['seen'],
  found: ReadonlyMap<string, DetailedTarget>,
  ownLogGroupNames: readonly string[],
  directory: LogGroupDirectory,
): Promise<DetailedTarget[]> {
  const missing = [...seen.values()].filter(
    ({ logGroupName }) => !found.has(logGroupName) && !ownLogGroupNames.includes(logGroupName),
  );
  const exists =
    missing.length > MAX_LOOKUPS
      ? await directory.findByPrefix('').then((all) => async (name: string) => all.has(name))
      : async (name: string) => (await directory.find(name)) !== null;
  const gone: DetailedTarget[] = [];
  for (const { logGroupName, s3Prefix } of missing) {
    if (!(await exists(logGroupName))) {
      gone.push({ logGroupName, s3Prefix, isNamed: false, isGone: true, details: null });
    }
  }
  return gone;
}

/** Adds the prefixes, faults and history of the log groups. */
function complete(
  targets: DetailedTarget[],
  keyPrefix: string,
  { seen, split }: KnownLogGroups,
  now: number,
): FoundLogGroup[] {
  const resolved = targets.map((target) => ({ ...target, s3Prefix: resolveS3Prefix(target, keyPrefix) }));
  const byPrefix = groupBy(
    resolved.filter(({ isGone, logGroupName }) => !isGone && isLogGroupName(logGroupName)),
    ({ s3Prefix }) => s3Prefix,
  );
  const wasSplit = new Set(split);
  return resolved.map(({ logGroupName, s3Prefix, isNamed, details }) => ({
    logGroupName,
    s3Prefix,
    isNamed,
    details,
    fault: findFault(
      logGroupName,
      s3Prefix,
      (byPrefix.get(s3Prefix) ?? []).map((target) => target.logGroupName),
    ),
    ...findHistory(seen.get(logGroupName), details, now),
    isSplit: wasSplit.has(logGroupName),
  }));
}

function findFault(logGroupName: string, s3Prefix: string, ofSamePrefix: string[]): LogGroupFault | null {
  if (!isLogGroupName(logGroupName)) {
    const cause = `logGroupName must be a log group name, got ${show(logGroupName)}`;
    return { error: 'InvalidArchiveRequest', cause };
  }
  if (ofSamePrefix.length <= 1 || !ofSamePrefix.includes(logGroupName)) {
    return null;
  }
  const names = ofSamePrefix.toSorted().slice(0, MAX_CLASH_NAMES).join(', ');
  const more = ofSamePrefix.length > MAX_CLASH_NAMES ? `, and ${ofSamePrefix.length - MAX_CLASH_NAMES} more` : '';
  const cause = `s3Prefix must be different for each log group, got ${show(s3Prefix)} for ${names}${more}`;
  return { error: 'DestinationClash', cause };
}

function sortByReceipt(logGroups: FoundLogGroup[]): FoundLogGroup[] {
  const named = logGroups.map((logGroup) => ({ name: receiptName(logGroup), logGroup }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ logGroup }) => logGroup);
}
