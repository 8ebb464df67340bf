import { SFNClient } from '@aws-sdk/client-sfn';
import { type AwsOptions, type ClientContext, createClient } from './create-client';

/** Creates the client of Step Functions in a Region. */
export function createSfn(options: AwsOptions & { readonly region: string }, context: ClientContext): SFNClient {
  const { region } = options;
  return createClient(SFNClient, options, { ...context, clientConfig: { ...context.clientConfig, region } });
}
