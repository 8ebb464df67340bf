/**
 * Prices of us-east-1 in dollars.
 *
 * https://aws.amazon.com/step-functions/pricing/, https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/s3/pricing/
 */
const STATE_TRANSITION = 0.025 / 1_000;
const INVOCATION = 0.2 / 1_000_000;
const GB_SECOND = { arm64: 0.0000133334, x86_64: 0.0000166667 };
/** Operation of a durable function: a step or a wait. */
const DURABLE_OPERATION = 8 / 1_000_000;
/** A PUT or LIST, and a GET. */
const S3_WRITE = 0.005 / 1_000;
const S3_READ = 0.0004 / 1_000;

export type Architecture = keyof typeof GB_SECOND;

/** Billed use of the functions that have the same memory. */
export interface LambdaUse {
  readonly megabytes: number;
  readonly architecture: Architecture;
  readonly invocations: number;
  readonly milliseconds: number;
}

/** Billed use of a run. */
export interface Use {
  readonly transitions: number;
  readonly lambda: readonly LambdaUse[];
  /** @default 0 */
  readonly durableOperations?: number;
  /** Requests of the functions to S3. @default 0 */
  readonly s3Writes?: number;
  /** @default 0 */
  readonly s3Reads?: number;
}

/** Returns the price of a run in dollars. */
export function computePrice({ transitions, lambda, durableOperations = 0, s3Writes = 0, s3Reads = 0 }: Use): number {
  return lambda.reduce(
    (sum, { megabytes, architecture, invocations, milliseconds }) =>
      sum + invocations * INVOCATION + (megabytes / 1_024) * (milliseconds / 1_000) * GB_SECOND[architecture],
    transitions * STATE_TRANSITION + durableOperations * DURABLE_OPERATION + s3Writes * S3_WRITE + s3Reads * S3_READ,
  );
}
