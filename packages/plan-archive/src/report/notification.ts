import type { ArchiveNotification, ArchiveReport, PlanArchiveRequest, ReportEntry } from '@log-archiver/core';
import { failuresIn } from './report';
import { countAtRisk } from './summary';

const FIRST_FAILED = 10;
const FIRST_AT_RISK = 5;
/** Of an input with many log groups; the message has to fit beside it into the data of a state. */
const MAX_INPUT_BYTES = 2_048;
const MANUAL = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/operations.md';

/** What the operator is told of a report; `null`: nothing, since nothing FAILED. */
export function notificationOf(
  report: ArchiveReport,
  reportKey: string,
  { parameters, execution }: Pick<PlanArchiveRequest, 'parameters' | 'execution'>,
): ArchiveNotification | null {
  if (report.status !== 'INCOMPLETE') {
    return null;
  }
  const { account, region, archived, skipped, failed } = report;
  const failures = eachOnce(failuresIn(report.items));
  const period = periodOf(failures);
  const count = `${failed} of ${archived + skipped + failed}`;
  const message = [
    `${count} log groups and periods are not archived, of ${period} in account ${account}, ${region}.`,
    `Archived: ${archived}. Skipped: ${skipped}. FAILED: ${failed}. At risk: ${countAtRisk(report.atRisk)}.`,
    section('FAILED:', failures, FIRST_FAILED, ({ error }) => error ?? ''),
    section(
      'At risk, since retention had taken the first days before the export began:',
      eachOnce(report.atRisk),
      FIRST_AT_RISK,
      ({ daysLost }) => `${daysLost} days lost`,
    ),
    `A daily run tries the last ${parameters.lookback} periods again by itself. To do it now:`,
    rerun(report, period, execution.stateMachineArn),
    `The run: ${execution.id}\nThe report: s3://${parameters.s3BucketName}/${reportKey}\nWhat an error means: ${MANUAL}`,
  ];
  return {
    subject: `LogArchiver: ${count} FAILED, ${period}, ${account}, ${region}`,
    message: message.filter((part) => part !== '').join('\n\n'),
  };
}

/** In the words of an input: all that failed lies in it. */
function periodOf(failures: ReportEntry[]): string {
  const names = failures.map(({ period }) => period).sort();
  const [first = '', last = ''] = [names.at(0), names.at(-1)];
  return first === last ? first : `${first}/${last}`;
}

function section(title: string, items: ReportEntry[], first: number, say: (item: ReportEntry) => string): string {
  const lines = items.slice(0, first).map((item) => `  ${item.period}  ${item.logGroupName}  ${say(item)}`);
  const more = items.length > first ? [`  and ${items.length - first} more, which the report names`] : [];
  return items.length === 0 ? '' : [title, ...lines, ...more].join('\n');
}

/** What was archived is not archived again: neither is it wrong to send this twice. */
function rerun({ request, region }: ArchiveReport, period: string, stateMachineArn: string): string {
  const { scheduledTime: _, ...rest } = request;
  const input = JSON.stringify({ ...rest, period });
  const fits = Buffer.byteLength(input) <= MAX_INPUT_BYTES;
  const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn} --input`;
  return fits
    ? `  ${command} ${inShell(input)}`
    : `  ${command} file://input.json\n\n  with the "logGroups" of the report's "request", and ${JSON.stringify({ period })}, in input.json`;
}

function inShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A period that was split has a line for each part. */
function eachOnce(items: ReportEntry[]): ReportEntry[] {
  return [
    ...new Map(items.toReversed().map((item) => [`${item.period} ${item.logGroupName}`, item])).values(),
  ].reverse();
}
