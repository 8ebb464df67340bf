import { UserError } from '../errors';

/** Option of every command that reads an archive. */
export interface BucketOption {
  readonly bucket?: string;
}

/** Flags and description of the option, for commander. */
export const BUCKET_OPTION = ['--bucket <name>', 'bucket of the archive (required)'] as const;

/** Name of a bucket, or the ARN or alias of an access point. */
const BUCKET = /^(arn:[\w:/.-]+|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/;

/** Throws unless the command line names a bucket. */
export function requireBucket({ bucket }: BucketOption): string {
  if (bucket === undefined) {
    throw new UserError('--bucket is required: it names the bucket of the archive');
  }
  if (!BUCKET.test(bucket)) {
    throw new UserError(`--bucket must be the name of a bucket, without s3://, got ${JSON.stringify(bucket)}`);
  }
  return bucket;
}
