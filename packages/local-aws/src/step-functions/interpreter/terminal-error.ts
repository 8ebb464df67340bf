/** An error that ends the execution. No state can retry or catch it, even with `States.ALL`. */
export class TerminalError extends Error {
  /** The interpreter reads this and the next field. */
  public readonly isRetryable = false;
  public readonly isCatchable = false;

  constructor(
    public override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}
