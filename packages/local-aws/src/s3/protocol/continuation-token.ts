import { createHash } from 'node:crypto';
import { invalidArgument } from './s3-error';

/** Where a listing goes on, as nothing that a client could make itself; good for one bucket. */
export function continuationToken(bucketName: string, from: string): string {
  const position = Buffer.from(from, 'latin1').toString('base64url');
  return `${seal(bucketName, position)}.${position}`;
}

export function readContinuationToken(bucketName: string, token: string): string {
  const [, position = ''] = token.split('.');
  if (token !== `${seal(bucketName, position)}.${position}`) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return Buffer.from(position, 'base64url').toString('latin1');
}

function seal(bucketName: string, position: string): string {
  return createHash('sha256').update(`${bucketName}/${position}`).digest('base64url').slice(0, 12);
}
