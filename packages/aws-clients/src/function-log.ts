/**
 * Writes a line to the log of the Lambda function.
 *
 * From then on, the runtime logs no errors: it would write each error that a function throws, with level `ERROR`, although
 * a poll throws the status of a task that still runs. The line of the call has the error. Raising the application log level
 * is no way, because Lambda drops lines of standard output by their level, too.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function writeToFunctionLog(line: string): void {
  console.error = () => {};
  process.stdout.write(`${line}\n`);
}
