import { Granularity } from '../../granularity';
import { METADATA_PREFIX } from '../core';
import type { TableSettings } from './table-settings';

/** Partition columns of a table, with the properties from which Athena calculates their values. */
export interface Partitions {
  readonly columns: string[];
  readonly parameters: Record<string, string>;
}

/** Where Athena finds the archive, as partitions that it calculates from a query. */
export interface ArchiveLayout {
  /** Partition columns that objects and receipts share, in the order of the keys. */
  readonly sharedColumns: string[];
  readonly objects: Partitions;
  readonly receipts: Partitions;
  /** Location of both tables. Athena reads only the locations of the partitions. */
  readonly location: string;
}

/** CloudWatch Logs exists since 2014. The end only has to be later than any archive. */
const YEARS = { type: 'integer', range: '2014,2099' };
const MONTHS = { type: 'integer', range: '1,12', digits: '2' };
const DAYS = { type: 'integer', range: '1,31', digits: '2' };
/** Log groups are not known at synthesis, so each query must name the `s3_prefix`. */
const INJECTED = { type: 'injected' };

/**
 * Returns the layout of an archive.
 *
 * Account, year, month and day are columns of objects and receipts, so that a condition on one of them limits both. All
 * columns are strings, because Athena prunes partitions of other types later.
 */
export function createLayout({
  bucket,
  keyPrefix,
  account,
  accounts,
  region,
  ...settings
}: TableSettings): ArchiveLayout {
  const isShared = keyPrefix === null;
  const isDaily = settings.granularity === Granularity.DAILY;
  const shared = {
    ...(isShared && { account: accounts === undefined ? INJECTED : { type: 'enum', values: accounts.join(',') } }),
    year: YEARS,
    month: MONTHS,
    ...(isDaily && { day: DAYS }),
  };
  const start = isShared ? `\${account}/${region}/` : keyPrefix === '' ? '' : `${keyPrefix}/`;
  const archiver = `${isShared ? '${account}' : account}/${region}/${settings.timeZone.timezoneName}`;
  const [path, period] = ['/', '-'].map((separator) =>
    ['${year}', '${month}', ...(isDaily ? ['${day}'] : [])].join(separator),
  );
  const location = `s3://${bucket.bucketName}/`;
  return {
    sharedColumns: Object.keys(shared),
    objects: project({ ...shared, s3_prefix: INJECTED }, `${location}${start}${path}/\${s3_prefix}/`),
    receipts: project(shared, `${location}${start}${METADATA_PREFIX}/receipts/${archiver}/${period}/`),
    location,
  };
}

function project(columns: Record<string, Record<string, string>>, template: string): Partitions {
  const projections = Object.entries(columns).flatMap(([column, properties]) =>
    Object.entries(properties).map(([name, value]) => [`projection.${column}.${name}`, value]),
  );
  return {
    columns: Object.keys(columns),
    parameters: {
      'projection.enabled': 'true',
      ...Object.fromEntries(projections),
      'storage.location.template': template,
    },
  };
}
