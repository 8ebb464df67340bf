import { createHash } from 'node:crypto';
import type { ArchiveExecution, ArchiveItem, ArchiveParameters } from '../contract';
import type { Range } from '../ranges';

/** Folder of everything that the archiver itself writes, apart from the objects of the archive. */
export const METADATA_PREFIX = '_log-archiver';
/** Longest start of a log group's name in a key: the limit of 1,024 bytes is shared with a prefix of up to 442. */
export const MAX_NAME_CHARACTERS = 300;

/** Fields that locate an archiver's metadata in a bucket. */
type ArchiveLocation = Pick<ArchiveParameters, 'account' | 'region' | 'keyPrefix'>;
type ZonedLocation = ArchiveLocation & Pick<ArchiveParameters, 'timeZone'>;
type ItemName = Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period'>;

/** Returns the prefix of all receipts of a period, in one account, Region and time zone. */
export function receiptsPrefix(location: ZonedLocation, period: string): string {
  return joinKey(location, 'receipts', location.account, location.region, location.timeZone, period, '');
}

/**
 * Returns the key of the receipt of a log group and period, below `receiptsPrefix`. A forced run has its own.
 *
 * Two archivers that share a bucket and a log group share a receipt only if the log group has the same `s3Prefix` in both.
 */
export function receiptKey(location: ZonedLocation, item: ItemName, forcedAt: string | null): string {
  return `${receiptsPrefix(location, item.period)}${receiptName(item)}${forcedSuffix(forcedAt)}.json`;
}

/** Returns the name of a log group in the keys of its receipts. The names sort like the keys. */
export function receiptName({ logGroupName, s3Prefix }: Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>): string {
  // `/` is the only character of a log group's name that would make folders; `~` and `@` cannot occur in it.
  const name = logGroupName.replaceAll('/', '~');
  const readable =
    name.length <= MAX_NAME_CHARACTERS ? name : `${name.slice(0, MAX_NAME_CHARACTERS)}~${hash(logGroupName, 16)}`;
  return `${readable}@${hash(s3Prefix, 8)}`;
}

/** Parses the `receiptName` in a receipt's key. */
export function parseReceiptName(key: string): string {
  const [name = '', rest = ''] = key.slice(key.lastIndexOf('/') + 1).split('@');
  return `${name}@${rest.slice(0, 8)}`;
}

/** Returns the prefix of the part records of a split period. */
export function partsPrefix(location: ZonedLocation, item: ItemName): string {
  return joinKey(
    location,
    ...['parts', location.account, location.region, location.timeZone, item.period, receiptName(item), ''],
  );
}

/** Returns the key of a part record, below `partsPrefix`. A forced run uses only its own part records. */
export function partKey(location: ZonedLocation, item: ItemName & Range, forcedAt: string | null): string {
  return `${partsPrefix(location, item)}${item.from}-${item.to}${forcedSuffix(forcedAt)}.json`;
}

/** Parses the range in a `partKey`. Returns `undefined` if the key belongs to another forced run, or is not a part's. */
export function parsePartKey(
  key: string,
  location: ZonedLocation,
  item: ItemName,
  forcedAt: string | null,
): Range | undefined {
  const [from = Number.NaN, to = Number.NaN] = key.slice(partsPrefix(location, item).length).split(/[-.]/).map(Number);
  return key === partKey(location, { ...item, from, to }, forcedAt) ? { from, to } : undefined;
}

/** Returns the prefix of everything that one run writes about itself. */
export function runPrefix(location: ArchiveLocation, { startedAt, name }: ArchiveExecution): string {
  return joinKey(location, 'runs', location.account, location.region, `${startedAt.replaceAll(':', '.')}_${name}`, '');
}

/** Returns the key of the status of a period. */
export function periodStatusKey(location: ArchiveLocation, archiver: string, period: string): string {
  return `${periodsPrefix(location, archiver)}${period}.json`;
}

/** Returns the key of the properties of a period's receipts, which the planner copies so that it reads each receipt once. */
export function periodReceiptsKey(location: ArchiveLocation, archiver: string, period: string): string {
  return `${periodsPrefix(location, archiver)}${period}.receipts.json`;
}

/** Returns the key of the checkpoint. */
export function checkpointKey(location: ArchiveLocation, archiver: string): string {
  return `${periodsPrefix(location, archiver)}checkpoint.json`;
}

/** Returns the key of the log groups that scheduled runs have seen. */
export function logGroupsKey(location: ArchiveLocation, archiver: string): string {
  return `${periodsPrefix(location, archiver)}log-groups.json`;
}

/** Returns the key of the secret in the names of the archiver's export tasks. */
export function taskSecretKey(location: ArchiveLocation, archiver: string): string {
  return `${periodsPrefix(location, archiver)}task-secret.json`;
}

/** Returns the name of the state machine, which identifies an archiver in its account and Region. */
export function getStateMachineName({ stateMachineArn }: Pick<ArchiveExecution, 'stateMachineArn'>): string {
  return stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
}

/** Returns the prefix of what an archiver keeps from run to run. `archiver` is the name of its state machine. */
export function periodsPrefix(location: ArchiveLocation, archiver: string): string {
  return joinKey(location, 'periods', location.account, location.region, archiver, '');
}

function joinKey({ keyPrefix }: ArchiveLocation, ...rest: string[]): string {
  return (keyPrefix === '' ? [METADATA_PREFIX, ...rest] : [keyPrefix, METADATA_PREFIX, ...rest]).join('/');
}

function forcedSuffix(forcedAt: string | null): string {
  return forcedAt === null ? '' : `.${forcedAt.replaceAll(':', '.')}`;
}

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
