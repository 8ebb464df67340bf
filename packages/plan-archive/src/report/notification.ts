import {
  type ArchiveNotification,
  type ArchiveReport,
  type ArchiveWarning,
  mergeParts,
  type PeriodLoss,
  type PlanArchiveRequest,
  type ReportEntry,
  type RunbookArticle,
  runbookLink,
  truncate,
} from '@log-archiver/core';
import { groupBy } from '../group-by';
import { countLosses, describeProblems, findFailures } from './report';
import { MAX_SHORT_MESSAGE } from './summary';

/** Maximum size of a message. */
const MAX_MESSAGE_BYTES = 16_384;
/** Maximum number of lines of a section. Fewer if the message would be too long. */
const MAX_LINES = 8;
/** Maximum number of log groups that a warning names. */
const MAX_SUBJECTS = 3;
/** Maximum length of the name of a log group, or of a selection as JSON, in a warning. */
const MAX_SUBJECT = 200;
/** Maximum size of an input in the command: the message must fit beside the input into the data of a state. */
const MAX_COMMAND_INPUT_BYTES = 2_048;

/** Creates the message to the operator; `null`: there is no failure, no new loss and no new warning, or it is a dry run. */
export function createNotification(
  report: ArchiveReport,
  reportKey: string,
  { parameters, execution }: Pick<PlanArchiveRequest, 'parameters' | 'execution'>,
): ArchiveNotification | null {
  const { account, region, failed, newLosses, warnings, status } = report;
  if (status === 'DRY_RUN' || (status === 'COMPLETE' && warnings.length === 0)) {
    return null;
  }
  const failures = mergeParts(findFailures(report.items));
  const period = joinPeriods(failures.length > 0 ? failures : report.items);
  const sections: Section[] = [
    { title: 'FAILED:', lines: failures.map(formatFailure) },
    { title: 'LOST (these events can no longer be archived):', lines: newLosses.map(formatLoss) },
    { title: 'Warnings (reported once):', lines: formatWarnings(warnings) },
  ];
  const start = [
    `${describe(report)}: ${period}, account ${account}, Region ${region}.`,
    `ARCHIVED: ${report.archived}. SKIPPED: ${report.skipped}. FAILED: ${failed}. LOST: ${report.lost}.`,
  ];
  const end = [
    ...(failed > 0 ? formatRetry(report, period, execution.stateMachineArn) : []),
    `Run: ${execution.id}\nReport: s3://${parameters.s3BucketName}/${reportKey}\n` +
      `What to do: ${runbookLink(findArticle(status))}`,
  ];
  return {
    subject: `LogArchiver: ${summarizeShortly(report)}, ${period}, ${account}, ${region}`,
    message: joinSections(start, sections, end),
  };
}

interface Section {
  title: string;
  lines: readonly string[];
}

/** Joins the sections, with as many lines of each as fit. Names and messages can be long. */
function joinSections(start: string[], sections: readonly Section[], end: string[]): string {
  for (let maximum = MAX_LINES; ; maximum--) {
    const middle = sections.filter(({ lines }) => lines.length > 0).map((section) => formatSection(section, maximum));
    const message = [...start, ...middle, ...end].join('\n\n');
    // The message is a JSON string in the data of the run.
    if (maximum === 1 || Buffer.byteLength(JSON.stringify(message)) <= MAX_MESSAGE_BYTES) {
      return message;
    }
  }
}

function describe(report: ArchiveReport): string {
  const { status, newLosses, warnings } = report;
  if (status === 'INCOMPLETE') {
    return describeProblems(report);
  }
  return status === 'LOSS' ? countLosses(newLosses) : countWarnings(warnings);
}

/** Describes the worst problem in the subject, which has fewer than 100 characters. */
function summarizeShortly({ status, archived, skipped, failed, lost, newLosses, warnings }: ArchiveReport): string {
  if (status === 'INCOMPLETE') {
    return `${failed} of ${archived + skipped + failed + lost} FAILED`;
  }
  return status === 'LOSS' ? countLosses(newLosses) : countWarnings(warnings);
}

function countWarnings({ length }: readonly ArchiveWarning[]): string {
  return `${length} new ${length === 1 ? 'warning' : 'warnings'}`;
}

function findArticle(status: ArchiveReport['status']): RunbookArticle {
  if (status === 'INCOMPLETE') {
    return 'archiveincomplete';
  }
  return status === 'LOSS' ? 'archiveloss' : 'warnings';
}

/** Returns the `period` of an input that covers the entries. It cannot have both months and days: the first one decides. */
function joinPeriods(entries: readonly ReportEntry[]): string {
  const names = entries.map(({ period }) => period).filter((name) => name.length === entries[0]?.period.length);
  const [first = '', last = ''] = [names.sort().at(0), names.at(-1)];
  return first === last ? first : `${first}/${last}`;
}

function formatSection({ title, lines }: Section, maximum: number): string {
  const first = lines.slice(0, maximum).map((line) => `  ${line}`);
  const more = lines.length > maximum ? [`  and ${lines.length - maximum} more; see the report`] : [];
  return [title, ...first, ...more].join('\n');
}

function formatFailure({ period, logGroupName, error, cause }: ReportEntry): string {
  const sentence = cause === null ? '' : `: ${truncate(cause.replaceAll(/\s+/g, ' '), MAX_SHORT_MESSAGE)}`;
  return `${period}  ${logGroupName}  ${error}${sentence}`;
}

function formatLoss({ logGroupName, cause, from, to }: PeriodLoss): string {
  return `${from} to ${to}  ${logGroupName}  ${cause}`;
}

/** Formats warnings: log groups with the same message in one line. */
function formatWarnings(warnings: readonly ArchiveWarning[]): string[] {
  return [...groupBy(warnings, ({ type, message }) => `${type}: ${message}`)].map(([text, ofMessage]) => {
    const subjects = ofMessage.map(({ subject }) => truncate(subject, MAX_SUBJECT)).filter((subject) => subject !== '');
    const more = subjects.length > MAX_SUBJECTS ? ` and ${subjects.length - MAX_SUBJECTS} more` : '';
    return subjects.length === 0 ? text : `${text}: ${subjects.slice(0, MAX_SUBJECTS).join(', ')}${more}`;
  });
}

/** Formats the command that starts the run again. It is safe to repeat: what has a receipt is not exported again. */
function formatRetry({ request, region }: ArchiveReport, period: string, stateMachineArn: string): string[] {
  const { scheduledTime: _, ...rest } = request;
  const input = JSON.stringify({ ...rest, period });
  const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn} --input`;
  return [
    request.logGroups === undefined ? 'Each scheduled run retries what failed. To retry now:' : 'To retry:',
    Buffer.byteLength(input) <= MAX_COMMAND_INPUT_BYTES
      ? `  ${command} ${quoteForShell(input)}`
      : `  ${command} file://input.json\n\n  where input.json has the "logGroups" of the report's "request", and ${JSON.stringify({ period })}`,
  ];
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
