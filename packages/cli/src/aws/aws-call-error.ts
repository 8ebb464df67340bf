/** Fields of inputs that name a resource. */
export interface AwsCallInput {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly stateMachineArn?: string;
  readonly executionArn?: string;
  readonly mapRunArn?: string;
}

/** A failed call of AWS, with its operation and input. */
export class AwsCallError extends Error {
  public override readonly name: string;
  /** Status of AWS's answer; 0: there is none. A caller that retries calls without an answer must not repeat the SDK. */
  public readonly $metadata: { httpStatusCode: number };

  constructor(
    public override readonly cause: Error & { $metadata?: { httpStatusCode?: number }; code?: string },
    /** Name of the SDK's command, such as `GetObjectCommand`. */
    public readonly commandName: string | undefined,
    public readonly input: AwsCallInput,
    public readonly endpointUrl: string | undefined,
  ) {
    super(cause.message, { cause });
    this.name = cause.name;
    this.$metadata = { httpStatusCode: cause.$metadata?.httpStatusCode ?? 0 };
  }
}

/** Whether a call can succeed later, although the SDK has given up: AWS was degraded, or there was no connection. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof AwsCallError) || error.name === 'CredentialsProviderError') {
    return false;
  }
  const { httpStatusCode } = error.$metadata;
  return httpStatusCode === 0 || httpStatusCode >= 500;
}

/** Position of the middleware that calls `describeErrors`: outside the retries. */
export const BEFORE_RETRIES = { step: 'initialize', priority: 'high', name: 'describeErrors' } as const;

/** Makes an error of a call an `AwsCallError`. */
export async function describeErrors<Result>(
  call: () => Promise<Result>,
  commandName: string | undefined,
  input: AwsCallInput,
  endpointUrl: string | undefined,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw new AwsCallError(error as Error, commandName, input, endpointUrl);
  }
}
