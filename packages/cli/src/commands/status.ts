import { TABLE_KEY } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { VerifiedTable } from '@log-archiver/verify-archive/statements/table';
import type { Command } from 'commander';
import { type AwsOptions, createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { printJson } from '../output';
import { BUCKET_OPTION, type BucketOption, requireBucket } from './bucket-option';

interface StatusOptions extends AwsOptions, BucketOption {
  readonly json?: boolean;
}

/** Adds `status`: the state of the archive, period by period. */
export function registerStatus(program: Command, context: CommandContext): void {
  program
    .command('status')
    .description('show which periods are complete, and what is missing')
    .option(...BUCKET_OPTION)
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<StatusOptions>();
      const bucketName = requireBucket(options);
      const bucket = new ArchiveBucket({ ...context, s3: createS3(options, context) }, bucketName);
      const table = await bucket.find(TABLE_KEY);
      await printJson(context, table === undefined ? null : (JSON.parse(table) as VerifiedTable));
    });
}
