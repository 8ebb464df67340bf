/** An error that AWS answers with: a name, a message and an HTTP status. */
export class AwsError extends Error {
  constructor(
    public override readonly name: string,
    message: string,
    public readonly statusCode = 400,
  ) {
    super(message);
  }
}
