/** An error that ends the execution whatever its states retry or catch, `States.ALL` included. */
export class TerminalError extends Error {
  /** The interpreter asks these two. */
  public readonly isRetryable = false;
  public readonly isCatchable = false;

  constructor(
    public override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}
