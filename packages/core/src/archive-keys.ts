import { createHash } from 'node:crypto';
import type { ArchiveExecution, ArchiveItem, ArchiveParameters } from './contract';

/** What the archiver itself writes, apart from the objects of the archive. */
const FOLDER = '_log-archiver';
/** The longest start of a log group's name in a key, whose limit of 1,024 bytes is shared with a prefix of up to 442. */
const MAX_NAME_CHARACTERS = 300;

type Place = Pick<ArchiveParameters, 'account' | 'region' | 'keyPrefix'>;
type ZonedPlace = Place & Pick<ArchiveParameters, 'timeZone'>;
type ItemName = Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period'>;
type Range = Pick<ArchiveItem, 'from' | 'to'>;

/** Listing this answers what is archived of a period, in this account, Region and time zone. */
export function receiptsPrefix(place: ZonedPlace, period: string): string {
  return keyOf(place, 'receipts', place.account, place.region, place.timeZone, period, '');
}

/**
 * The receipt of a log group and a period, below `receiptsPrefix`. One that archives again by force has one of its own.
 * Archivers that share a bucket and a log group share a receipt only where they share the log group's key, too.
 */
export function receiptKey(place: ZonedPlace, item: ItemName, forcedAt: string | null): string {
  return `${receiptsPrefix(place, item.period)}${receiptName(item)}${timeOf(forcedAt)}.json`;
}

/** What stands for a log group in the keys of its receipts; names in the order of these are in the order of the keys. */
export function receiptName({ logGroupName, s3Prefix }: Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>): string {
  // Of the characters that a log group's name can have, `/` alone would make folders; it cannot have `~` or `@`.
  const name = logGroupName.replaceAll('/', '~');
  const readable =
    name.length <= MAX_NAME_CHARACTERS ? name : `${name.slice(0, MAX_NAME_CHARACTERS)}~${hash(logGroupName, 16)}`;
  return `${readable}@${hash(s3Prefix, 8)}`;
}

/** The `receiptName` in the key of a receipt. */
export function receiptNameIn(key: string): string {
  const [name = '', rest = ''] = key.slice(key.lastIndexOf('/') + 1).split('@');
  return `${name}@${rest.slice(0, 8)}`;
}

/** What is known of the parts of a period that was split, one object each. */
export function partsPrefix(place: ZonedPlace, item: ItemName): string {
  return keyOf(place, 'parts', place.account, place.region, place.timeZone, item.period, receiptName(item), '');
}

/** What is known of one part, below `partsPrefix`. A run that archives again by force takes no part of another run. */
export function partKey(place: ZonedPlace, item: ItemName & Range, forcedAt: string | null): string {
  return `${partsPrefix(place, item)}${item.from}-${item.to}${timeOf(forcedAt)}.json`;
}

/** The part whose `partKey` this is; `undefined`: it is that of another run by force, or of none. */
export function partIn(key: string, place: ZonedPlace, item: ItemName, forcedAt: string | null): Range | undefined {
  const [from = Number.NaN, to = Number.NaN] = key.slice(partsPrefix(place, item).length).split(/[-.]/).map(Number);
  return key === partKey(place, { ...item, from, to }, forcedAt) ? { from, to } : undefined;
}

/** All that one run writes about itself. */
export function runPrefix(place: Place, { startedAt, name }: ArchiveExecution): string {
  return keyOf(place, 'runs', place.account, place.region, `${startedAt.replaceAll(':', '.')}_${name}`, '');
}

/** Whether a period is complete, as its last run saw it. */
export function periodStatusKey(place: Place, execution: ArchiveExecution, period: string): string {
  return `${periodsPrefix(place, execution)}${period}.json`;
}

/** Until when the archiver's scheduled runs have looked at all periods. */
export function lookedAtKey(place: Place, execution: ArchiveExecution): string {
  return `${periodsPrefix(place, execution)}looked-at`;
}

function periodsPrefix(place: Place, { stateMachineArn }: ArchiveExecution): string {
  const archiver = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  return keyOf(place, 'periods', place.account, place.region, archiver, '');
}

function keyOf({ keyPrefix }: Place, ...rest: string[]): string {
  return (keyPrefix === '' ? [FOLDER, ...rest] : [keyPrefix, FOLDER, ...rest]).join('/');
}

function timeOf(forcedAt: string | null): string {
  return forcedAt === null ? '' : `.${forcedAt.replaceAll(':', '.')}`;
}

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
