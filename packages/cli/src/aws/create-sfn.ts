import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from '../context';
import { type AwsCallInput, BEFORE_RETRIES, describeErrors } from './aws-call-error';
import { type AwsOptions, MAX_ATTEMPTS } from './create-s3';

/** Creates the client of Step Functions. Its errors are `AwsCallError`s. */
export function createSfn(
  { endpointUrl, region, profile }: AwsOptions,
  { clientConfig }: Pick<Context, 'clientConfig'>,
): SFNClient {
  const sfn = new SFNClient({
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: MAX_ATTEMPTS,
    ...clientConfig,
    region,
  });
  sfn.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        describeErrors(() => next(args), commandName, args.input as AwsCallInput, endpointUrl),
    BEFORE_RETRIES,
  );
  return sfn;
}
