/** Who failed is in the report, and the stack trace of a function is in its log: a line is enough. */
export function shortCause(cause: string): string {
  const start = cause.indexOf('{"errorType"');
  if (start === -1) {
    return cause.replace(/: \[\{.*/s, '.');
  }
  const { errorMessage } = JSON.parse(cause.slice(start)) as { errorMessage: string };
  return `${cause.slice(0, start)}${errorMessage}`;
}
