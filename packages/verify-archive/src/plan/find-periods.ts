import { periodsPrefix } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import {
  type ArchivedPeriod,
  getName,
  isPeriod,
  metadataPrefix,
  ownsPrefix,
  parsePeriodFile,
  parseReceiptFolder,
} from '../keys';
import type { FoundArchiver } from '../run-files';

/** A period with records in the bucket. */
export interface FoundPeriod extends ArchivedPeriod {
  /** Folders of receipts: one for each time zone. */
  folders: string[];
  /** Time of the status of each archiver, in milliseconds since the epoch. */
  statuses: Map<string, number>;
}

/** Periods by `periodId`, and the archivers that have a status. */
export interface FoundRecords {
  periods: Map<string, FoundPeriod>;
  archivers: FoundArchiver[];
}

/** Levels of a folder of receipts: account, Region, time zone (up to three), period. */
const MAX_RECEIPT_LEVELS = 6;

/** Returns a key for a map of periods. */
export function periodId({ keyPrefix, account, region, period }: ArchivedPeriod): string {
  return [keyPrefix, account, region, period].join('\n');
}

/** Adds the period to the map unless the map has it, and returns the period of the map. */
export function addPeriod(
  periods: FoundRecords['periods'],
  { keyPrefix, account, region, period }: ArchivedPeriod,
): FoundPeriod {
  const added = { keyPrefix, account, region, period, folders: [], statuses: new Map() };
  const id = periodId(added);
  const found = periods.get(id) ?? added;
  periods.set(id, found);
  return found;
}

/** Finds all periods below a `keyPrefix` that have receipts or a status. Lists folders, not receipts. */
export async function findPeriods(bucket: ArchiveBucket, keyPrefix: string, found: FoundRecords): Promise<void> {
  await findReceiptFolders(bucket, `${metadataPrefix(keyPrefix)}receipts/`, 1, found);
  for (const accountFolder of await bucket.listFolders(`${metadataPrefix(keyPrefix)}periods/`)) {
    const account = getName(accountFolder);
    const regions = ownsPrefix(account, keyPrefix) ? await bucket.listFolders(accountFolder) : [];
    for (const regionFolder of regions) {
      for (const archiverFolder of await bucket.listFolders(regionFolder)) {
        const [region, archiver] = [getName(regionFolder), getName(archiverFolder)];
        await findStatuses(bucket, { keyPrefix, account, region, archiver }, found);
      }
    }
  }
}

async function findReceiptFolders(bucket: ArchiveBucket, prefix: string, level: number, found: FoundRecords) {
  for (const folder of await bucket.listFolders(prefix)) {
    const place = parseReceiptFolder(folder);
    if (place) {
      addPeriod(found.periods, place).folders.push(folder);
    } else if (level < MAX_RECEIPT_LEVELS && !isPeriod(getName(folder))) {
      await findReceiptFolders(bucket, folder, level + 1, found);
    }
  }
}

async function findStatuses(bucket: ArchiveBucket, archiver: Omit<FoundArchiver, 'newestStatus'>, found: FoundRecords) {
  let newest: { key: string; lastModified: number } | undefined;
  for await (const { key, lastModified } of bucket.listObjects(periodsPrefix(archiver, archiver.archiver))) {
    const period = parsePeriodFile(getName(key));
    if (period !== undefined) {
      addPeriod(found.periods, { ...archiver, period }).statuses.set(archiver.archiver, lastModified);
      newest = newest === undefined || lastModified > newest.lastModified ? { key, lastModified } : newest;
    }
  }
  if (newest) {
    found.archivers.push({ ...archiver, newestStatus: newest.key });
  }
}
