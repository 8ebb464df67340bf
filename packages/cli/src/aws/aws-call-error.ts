/** A failed call of AWS, with its operation and input. */
export class AwsCallError extends Error {
  public override readonly name: string;
  /** Status of AWS's answer; 0: there is none. A caller that retries calls without an answer must not repeat the SDK. */
  public readonly $metadata: { httpStatusCode: number };

  constructor(
    public override readonly cause: Error & { $metadata?: { httpStatusCode?: number }; code?: string },
    /** Name of the SDK's command, such as `GetObjectCommand`. */
    public readonly commandName: string | undefined,
    public readonly input: { Bucket?: string; Key?: string },
    public readonly endpointUrl: string | undefined,
  ) {
    super(cause.message, { cause });
    this.name = cause.name;
    this.$metadata = { httpStatusCode: cause.$metadata?.httpStatusCode ?? 0 };
  }
}
