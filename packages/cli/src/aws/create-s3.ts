import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type AwsOptions, type ClientContext, createClient } from './create-client';

/** Creates the client of S3. */
export function createS3(options: AwsOptions, context: ClientContext): S3Client {
  return createClient<S3Client, S3ClientConfig>(S3Client, options, context, {
    ...(options.endpointUrl === undefined ? {} : { forcePathStyle: true }),
    // The bucket may be in another Region than the one of the environment.
    followRegionRedirects: true,
  });
}
