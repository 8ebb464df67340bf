import { createHash } from 'node:crypto';
import { invalidArgument } from './s3-error';

/** Formats the position of a listing as an opaque token that is valid for one bucket. */
export function formatContinuationToken(bucketName: string, from: string): string {
  const position = Buffer.from(from, 'latin1').toString('base64url');
  return `${sign(bucketName, position)}.${position}`;
}

/** Returns the position in a token, or throws the error of S3 if the token is not valid for the bucket. */
export function parseContinuationToken(bucketName: string, token: string): string {
  const [, position = ''] = token.split('.');
  if (token !== `${sign(bucketName, position)}.${position}`) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return Buffer.from(position, 'base64url').toString('latin1');
}

function sign(bucketName: string, position: string): string {
  return createHash('sha256').update(`${bucketName}/${position}`).digest('base64url').slice(0, 12);
}
