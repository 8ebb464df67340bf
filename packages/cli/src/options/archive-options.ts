import { InvalidArchiveRequest, validateKeyPrefix } from '@log-archiver/core';
import type { Command } from 'commander';
import type { ArchiveFilter } from '../archive/find-archives';
import { type AwsOptions, validateAwsOptions } from '../aws/create-client';
import { UserError } from '../errors';
import { showValue } from './show-value';

/** Options of every command that reads an archive. */
export interface ArchiveOptions extends AwsOptions {
  readonly bucket?: string;
  readonly account?: string;
  readonly keyPrefix?: string;
}

/** Archives that a command line names. */
export interface ArchiveLocation extends ArchiveFilter {
  readonly s3BucketName: string;
}

/** Name of a bucket. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Adds the options to a command. */
export function addArchiveOptions(command: Command): Command {
  return command
    .option('--bucket <name>', 'bucket of the archive (required)')
    .option('--account <id>', 'AWS account, if the bucket has archives of several')
    .option('--key-prefix <prefix>', 'keyPrefix of the archiver, if not the default');
}

/** Validates the options, and returns the archives that they name. A Region also selects archives if it is an option. */
export function parseArchiveOptions(options: ArchiveOptions): ArchiveLocation {
  validateAwsOptions(options);
  const { bucket, account, region, keyPrefix } = options;
  if (bucket === undefined) {
    throw new UserError('--bucket is required: it names the bucket of the archive');
  }
  if (!BUCKET.test(bucket)) {
    throw new UserError(`--bucket must be the name of a bucket, without s3://, got ${showValue(bucket)}`);
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new UserError(`--account must be an account ID of 12 digits, got ${showValue(account)}`);
  }
  validatePrefix(keyPrefix);
  return { s3BucketName: bucket, account, region, keyPrefix };
}

function validatePrefix(keyPrefix = '') {
  try {
    validateKeyPrefix(keyPrefix);
  } catch (error) {
    if (error instanceof InvalidArchiveRequest) {
      throw new UserError(error.message.replace(/^keyPrefix/, '--key-prefix'));
    }
    throw error;
  }
}
