import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from '../context';
import { UserError } from '../errors';
import { type AwsCallInput, BEFORE_RETRIES, describeErrors } from './aws-call-error';

/** Options of every command, as in the AWS CLI. */
export interface AwsOptions {
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** Attempts of the SDK for each call. */
export const MAX_ATTEMPTS = 5;

/** Creates the client. Its errors are `AwsCallError`s, which name the operation and its input. */
export function createS3(options: AwsOptions, { clientConfig }: Pick<Context, 'clientConfig'>): S3Client {
  validateAwsOptions(options);
  const { endpointUrl, region, profile } = options;
  const s3 = new S3Client({
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl, forcePathStyle: true }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: MAX_ATTEMPTS,
    // The bucket may be in another Region than the one of the environment.
    followRegionRedirects: true,
    ...clientConfig,
  });
  s3.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        describeErrors(() => next(args), commandName, args.input as AwsCallInput, endpointUrl),
    BEFORE_RETRIES,
  );
  return s3;
}

/** Throws unless the options can be those of a client. */
export function validateAwsOptions({ endpointUrl, region, profile }: AwsOptions): void {
  if (endpointUrl !== undefined && !(/^https?:/.test(endpointUrl) && URL.canParse(endpointUrl))) {
    throw new UserError(
      `--endpoint-url must be a URL such as "http://127.0.0.1:4566", got ${JSON.stringify(endpointUrl)}`,
    );
  }
  if (region !== undefined && !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) {
    throw new UserError(`--region must be an AWS Region such as "eu-central-1", got ${JSON.stringify(region)}`);
  }
  if (profile === '') {
    throw new UserError('--profile must be a non-empty string, got ""');
  }
}
