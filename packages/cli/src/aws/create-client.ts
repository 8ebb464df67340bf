import type { SFNClient, SFNClientConfig } from '@aws-sdk/client-sfn';
import type { Context } from '../context';
import { UserError } from '../errors';
import { type AwsCallInput, BEFORE_RETRIES, describeErrors } from './aws-call-error';

/** Options of every command, as in the AWS CLI. */
export interface AwsOptions {
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** Configuration that the clients of all services have. */
type ClientConfig = Pick<
  SFNClientConfig,
  'credentials' | 'endpoint' | 'maxAttempts' | 'profile' | 'region' | 'requestHandler'
>;

export interface ClientContext extends Pick<Context, 'clientConfig'> {
  /** Called before each call. An error that it throws prevents the call. @default - nothing */
  readonly beforeCall?: () => void;
}

/** Attempts of the SDK for each call. */
const MAX_ATTEMPTS = 5;

/** Creates the client of a service. Its errors are `AwsCallError`s, which name the operation and its input. */
export function createClient<Client extends object, Config extends ClientConfig>(
  ServiceClient: new (config: Config) => Client,
  options: AwsOptions,
  { clientConfig, beforeCall = () => undefined }: ClientContext,
  config: Partial<Config> = {},
): Client {
  validateAwsOptions(options);
  const { endpointUrl, region, profile } = options;
  const client = new ServiceClient({
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: MAX_ATTEMPTS,
    ...config,
    ...clientConfig,
  } as Config);
  // The stacks of all services have this method.
  (client as SFNClient).middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        beforeCall();
        return describeErrors(() => next(args), commandName, args.input as AwsCallInput, endpointUrl);
      },
    BEFORE_RETRIES,
  );
  return client;
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
