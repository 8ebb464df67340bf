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

/** Creates the error for an operation that local-aws does not support. AWS's own error has no message. */
export function unknownOperation(operation: string): AwsError {
  return new AwsError('UnknownOperationException', `local-aws does not support the operation ${operation}`);
}
