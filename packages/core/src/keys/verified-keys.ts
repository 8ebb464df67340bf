/** Folder of everything that a verifier writes. No archiver can write there. */
export const VERIFIED_PREFIX = '_verified';
/** Key of the table of all archivers. Its signature has `.sig` after it. */
export const TABLE_KEY = `${VERIFIED_PREFIX}/table.json`;
/** Key of the table as a page. */
export const TABLE_PAGE_KEY = `${VERIFIED_PREFIX}/table.html`;
/** Prefix of the statements. */
export const STATEMENTS_PREFIX = `${VERIFIED_PREFIX}/statements/`;
/** Name in the keys of statements for periods of which no archiver has written a status. */
export const NO_ARCHIVER = '-';

/** Fields that locate a statement. */
export interface StatementLocation {
  /** Empty: no prefix. */
  readonly keyPrefix: string;
  readonly account: string;
  readonly region: string;
  /** Name of the state machine, or `NO_ARCHIVER`. */
  readonly archiver: string;
  readonly period: string;
}

/** Returns the key of a statement. Its signature has `.sig` after it. */
export function statementKey({ keyPrefix, account, region, archiver, period }: StatementLocation): string {
  const key = [account, region, archiver, `${period}.json`].join('/');
  return `${STATEMENTS_PREFIX}${keyPrefix === '' ? key : `${keyPrefix}/${key}`}`;
}
