import {
  type ArchiveNotification,
  type ArchiveReport,
  mergeParts,
  type PlanArchiveRequest,
  type ReportEntry,
  runbookLink,
} from '@log-archiver/core';
import { describeFailures, findFailures } from './report';
import { countAtRisk } from './summary';

const MAX_FAILURES = 10;
const MAX_AT_RISK = 5;
/** Maximum size of an input in the command: the message must fit beside the input into the data of a state. */
const MAX_COMMAND_INPUT_BYTES = 2_048;

/** Creates the message to the operator; `null`: no entry has status `FAILED`. */
export function createNotification(
  report: ArchiveReport,
  reportKey: string,
  { parameters, execution }: Pick<PlanArchiveRequest, 'parameters' | 'execution'>,
): ArchiveNotification | null {
  if (report.status !== 'INCOMPLETE') {
    return null;
  }
  const { account, region, archived, skipped, failed } = report;
  const failures = mergeParts(findFailures(report.items));
  const period = joinPeriods(failures);
  const message = [
    `${describeFailures(report)}: ${period}, account ${account}, Region ${region}.`,
    `ARCHIVED: ${archived}. SKIPPED: ${skipped}. FAILED: ${failed}. At risk: ${countAtRisk(report.atRisk)}.`,
    formatSection('FAILED:', failures, MAX_FAILURES, ({ error }) => error ?? ''),
    formatSection(
      'At risk (retention removed the first days before the export began):',
      mergeParts(report.atRisk),
      MAX_AT_RISK,
      ({ daysLost }) => `days lost: ${daysLost}`,
    ),
    `Each daily run retries the most recent periods (lookbackPeriods: ${parameters.lookback}). To retry now:`,
    formatRetryCommand(report, period, execution.stateMachineArn),
    `Run: ${execution.id}\nReport: s3://${parameters.s3BucketName}/${reportKey}\nWhat to do: ${runbookLink('archiveincomplete')}`,
  ];
  return {
    subject: `LogArchiver: ${failed} of ${archived + skipped + failed} FAILED, ${period}, ${account}, ${region}`,
    message: message.filter((part) => part !== '').join('\n\n'),
  };
}

/** Returns the `period` of an input that covers all failures. */
function joinPeriods(failures: readonly ReportEntry[]): string {
  const names = failures.map(({ period }) => period).sort();
  const [first = '', last = ''] = [names.at(0), names.at(-1)];
  return first === last ? first : `${first}/${last}`;
}

function formatSection(
  title: string,
  entries: readonly ReportEntry[],
  maximum: number,
  describe: (entry: ReportEntry) => string,
): string {
  const lines = entries
    .slice(0, maximum)
    .map((entry) => `  ${entry.period}  ${entry.logGroupName}  ${describe(entry)}`);
  const more = entries.length > maximum ? [`  and ${entries.length - maximum} more; see the report`] : [];
  return entries.length === 0 ? '' : [title, ...lines, ...more].join('\n');
}

/** Formats the command that starts the run again. It is safe to repeat: what has a receipt is skipped. */
function formatRetryCommand({ request, region }: ArchiveReport, period: string, stateMachineArn: string): string {
  const { scheduledTime: _, ...rest } = request;
  const input = JSON.stringify({ ...rest, period });
  const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn} --input`;
  return Buffer.byteLength(input) <= MAX_COMMAND_INPUT_BYTES
    ? `  ${command} ${quoteForShell(input)}`
    : `  ${command} file://input.json\n\n  where input.json has the "logGroups" of the report's "request", and ${JSON.stringify({ period })}`;
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
