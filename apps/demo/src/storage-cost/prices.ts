/** Storage class to which large objects are moved. */
export interface ClassPrices {
  /** US dollars for a GiB and month. */
  readonly storage: number;
  /** US dollars for a thousand lifecycle transitions. */
  readonly thousandTransitions: number;
}

/** Prices of a Region in US dollars, for the first 50 TB. `docs/storage-cost.md` has the sources. */
export interface RegionPrices {
  readonly name: string;
  /** S3 Standard, for a GiB and month. */
  readonly standard: number;
  readonly thousandPuts: number;
  readonly thousandGets: number;
  readonly classes: Readonly<Record<StorageClass, ClassPrices>>;
}

/** Bytes that S3 bills for an object besides its own. */
export interface ClassRules {
  /** Smallest size that is billed. */
  readonly minBytes: number;
  /** Metadata, billed as bytes of the storage class. */
  readonly overheadBytes: number;
  /** Metadata, billed as bytes of S3 Standard. */
  readonly standardOverheadBytes: number;
}

export type StorageClass = keyof typeof CLASS_RULES;

export const KIB = 1_024;
/** S3 bills gigabytes of this size. https://aws.amazon.com/s3/faqs/ */
export const GIB = KIB ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
export const CLASS_RULES = {
  'Glacier Instant Retrieval': { minBytes: 128 * KIB, overheadBytes: 0, standardOverheadBytes: 0 },
  'Glacier Flexible Retrieval': { minBytes: 0, overheadBytes: 32 * KIB, standardOverheadBytes: 8 * KIB },
  'Glacier Deep Archive': { minBytes: 0, overheadBytes: 32 * KIB, standardOverheadBytes: 8 * KIB },
} satisfies Record<string, ClassRules>;

export const STORAGE_CLASSES = Object.keys(CLASS_RULES) as StorageClass[];

export const TOKYO: RegionPrices = {
  name: 'Tokyo',
  standard: 0.025,
  thousandPuts: 0.0047,
  thousandGets: 0.00037,
  classes: {
    'Glacier Instant Retrieval': { storage: 0.005, thousandTransitions: 0.02 },
    'Glacier Flexible Retrieval': { storage: 0.0045, thousandTransitions: 0.03 },
    'Glacier Deep Archive': { storage: 0.002, thousandTransitions: 0.065 },
  },
};

export const VIRGINIA: RegionPrices = {
  name: 'N. Virginia',
  standard: 0.023,
  thousandPuts: 0.005,
  thousandGets: 0.0004,
  classes: {
    'Glacier Instant Retrieval': { storage: 0.004, thousandTransitions: 0.02 },
    'Glacier Flexible Retrieval': { storage: 0.0036, thousandTransitions: 0.03 },
    'Glacier Deep Archive': { storage: 0.00099, thousandTransitions: 0.05 },
  },
};
