import {
  METADATA_PREFIX,
  periodStatusKey,
  STATEMENTS_PREFIX,
  sha256,
  VERIFIED_PREFIX,
  type VerificationRun,
} from '@log-archiver/core';

/** Name of a month or a day. */
const PERIOD = /^\d{4}-\d{2}(-\d{2})?$/;
const ACCOUNT = /^\d{12}$/;

/** Period of an account and Region below a `keyPrefix`, with or without receipts. */
export interface ArchivedPeriod {
  /** Empty: no prefix. */
  keyPrefix: string;
  account: string;
  region: string;
  period: string;
}

/** Period of one archiver. */
export interface ArchiverPeriod extends ArchivedPeriod {
  /** Name of the state machine; `-`: no archiver has written a status of the period. */
  archiver: string;
}

/** Fields of the folder that contains the receipts of a period. */
export interface ReceiptFolder extends ArchivedPeriod {
  timeZone: string;
}

/** Returns the prefix of everything that archivers with this `keyPrefix` record. */
export function metadataPrefix(keyPrefix: string): string {
  return join(keyPrefix, METADATA_PREFIX, '');
}

/** Parses `[<keyPrefix>/]_log-archiver/receipts/<account>/<region>/<time zone>/<period>/`; `undefined`: it is another folder. */
export function parseReceiptFolder(folder: string): ReceiptFolder | undefined {
  const marker = `${METADATA_PREFIX}/receipts/`;
  const start = `/${folder}`.indexOf(`/${marker}`);
  const [account = '', region = '', ...rest] = folder
    .slice(start + marker.length)
    .split('/')
    .slice(0, -1);
  const period = rest.pop() ?? '';
  const timeZone = rest.join('/');
  const keyPrefix = folder.slice(0, Math.max(0, start - 1));
  const isFolder = start !== -1 && folder.endsWith('/') && PERIOD.test(period) && timeZone !== '';
  return isFolder && ownsPrefix(account, keyPrefix) ? { keyPrefix, account, region, timeZone, period } : undefined;
}

/** Returns the last part of a key or of a folder. */
export function getName(key: string): string {
  return key.replace(/\/$/, '').split('/').at(-1) ?? '';
}

/** Parses the period in `<period>.json`; `undefined`: it is another object. */
export function parsePeriodFile(name: string): string | undefined {
  const period = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
  return PERIOD.test(period) ? period : undefined;
}

export function isPeriod(name: string): boolean {
  return PERIOD.test(name);
}

export function isAccount(name: string): boolean {
  return ACCOUNT.test(name);
}

/**
 * Whether records of an account are valid below a `keyPrefix`.
 *
 * In an archive bucket, each account can write below its own ID. What it records there for another account is no proof.
 */
export function ownsPrefix(account: string, keyPrefix: string): boolean {
  const [first = ''] = keyPrefix.split('/');
  return !isAccount(first) || first === account;
}

/** Returns the key of the status of an archiver's period. */
export function statusKey(period: ArchiverPeriod): string {
  return periodStatusKey(period, period.archiver, period.period);
}

/** Returns the prefix of everything that one run of the verifier writes about itself. */
export function runPrefix({ id }: VerificationRun): string {
  return `${VERIFIED_PREFIX}/runs/${id}/`;
}

export function foldersKey(run: VerificationRun): string {
  return `${runPrefix(run)}folders.json`;
}

export function periodsKey(run: VerificationRun): string {
  return `${runPrefix(run)}periods.json`;
}

export function archiversKey(run: VerificationRun): string {
  return `${runPrefix(run)}archivers.json`;
}

/** Returns the prefix of the results of one folder of receipts. */
export function resultsPrefix(run: VerificationRun, folder: string): string {
  return `${runPrefix(run)}results/${hash(folder)}/`;
}

/** Returns the key of the results of one call. A repeated call writes the same object. */
export function resultsKey(run: VerificationRun, folder: string, firstReceipt: string): string {
  return `${resultsPrefix(run, folder)}${hash(firstReceipt)}.json`;
}

/** Parses the key of a statement; `undefined`: it is another object, such as a signature. */
export function parseStatementKey(key: string): ArchiverPeriod | undefined {
  const segments = key.slice(STATEMENTS_PREFIX.length).split('/');
  const [account = '', region = '', archiver = '', file = ''] = segments.slice(-4);
  const period = parsePeriodFile(file);
  return period === undefined
    ? undefined
    : { keyPrefix: segments.slice(0, -4).join('/'), account, region, archiver, period };
}

/** Returns a short name for a key. */
export function hash(text: string): string {
  return sha256(text).slice(0, 32);
}

function join(keyPrefix: string, ...rest: string[]): string {
  return (keyPrefix === '' ? rest : [keyPrefix, ...rest]).join('/');
}
