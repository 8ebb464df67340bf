import {
  type ArchiveReceipt,
  parsePeriod,
  parseReceipt,
  ReceiptInvalid,
  receiptKey,
  show,
  truncate,
} from '@log-archiver/core';
import { parseReceiptFolder } from '../keys';

/** End of the key of a receipt. A forced run adds the start of the run. */
const SUFFIX = /^(\.\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d(\.\d+)?Z)?\.json$/;

/**
 * Parses the receipt at a key. Throws `ReceiptInvalid` unless an archiver can have written it there.
 *
 * A key has only hashes of the `s3Prefix` and of a long log group's name. Both are taken from the receipt, which is valid
 * only if they lead to the key.
 */
export function readReceipt(text: string, key: string, s3BucketName: string): ArchiveReceipt {
  const place = parseReceiptFolder(key.slice(0, key.lastIndexOf('/') + 1));
  if (!place) {
    throw new ReceiptInvalid(`key must be that of a receipt, got ${show(key)}`);
  }
  const { logGroupName, destinationPrefix } = parseNames(text);
  const { keyPrefix, account, region, timeZone, period } = place;
  const datePrefix = [...(keyPrefix === '' ? [] : [keyPrefix]), period.replaceAll('-', '/'), ''].join('/');
  if (!destinationPrefix.startsWith(datePrefix)) {
    throw new ReceiptInvalid(`destinationPrefix must start with ${show(datePrefix)}, got ${show(destinationPrefix)}`);
  }
  const s3Prefix = destinationPrefix.slice(datePrefix.length);
  const base = receiptKey(place, { logGroupName, s3Prefix, period }, null).slice(0, -'.json'.length);
  const suffix = key.startsWith(base) ? key.slice(base.length) : '';
  if (!SUFFIX.test(suffix)) {
    throw new ReceiptInvalid(
      `receipt of ${show(logGroupName)} must have the key ${show(`${base}.json`)}, got ${show(key)}`,
    );
  }
  return parseReceipt(text, {
    account,
    region,
    timeZone,
    period: parsePeriod(period, timeZone),
    s3BucketName,
    logGroupName,
    destinationPrefix,
    forced: suffix !== '.json',
  });
}

function parseNames(text: string): { logGroupName: string; destinationPrefix: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ReceiptInvalid(`receipt must be JSON, got ${text.length} characters of something else`);
  }
  const { logGroupName, destinationPrefix } = Object(parsed);
  if (typeof logGroupName !== 'string' || typeof destinationPrefix !== 'string') {
    const names = truncate(show([logGroupName, destinationPrefix]));
    throw new ReceiptInvalid(`logGroupName and destinationPrefix must be strings, got ${names}`);
  }
  return { logGroupName, destinationPrefix };
}
