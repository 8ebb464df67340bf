/** Shortens a Cause to one line, without the list of failures and the stack trace, which are in the report and the log. */
export function shortenCause(cause: string): string {
  const start = cause.indexOf('{"errorType"');
  if (start === -1) {
    return cause.replace(/: \[\{.*/s, '.');
  }
  const { errorMessage } = JSON.parse(cause.slice(start)) as { errorMessage: string };
  return `${cause.slice(0, start)}${errorMessage}`;
}
