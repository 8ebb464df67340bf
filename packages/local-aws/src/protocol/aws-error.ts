/** An error as AWS answers it: a name, a text and an HTTP status. */
export class AwsError extends Error {
  constructor(
    public override readonly name: string,
    message: string,
    public readonly statusCode = 400,
  ) {
    super(message);
  }
}
