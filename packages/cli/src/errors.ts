/** An error that the user can fix. The message is one line, and is shown without a stack. */
export class UserError extends Error {
  public override readonly name = 'UserError';
}

/** The reader of the standard output has closed it, as `head` does. Not a failure. */
export class OutputClosed extends Error {
  public override readonly name = 'OutputClosed';
}
