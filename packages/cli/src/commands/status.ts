import { formatTime } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { groupByStatus } from '@log-archiver/verify-archive/statements/table';
import type { Command } from 'commander';
import { createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-codes';
import { type ArchiveOptions, addArchiveOptions, parseArchiveOptions } from '../options/archive-options';
import { validatePeriod } from '../options/period-option';
import { note, print, printJson } from '../output';
import { findProblems, isComplete, type Problem } from '../status/find-problems';
import { type ArchiverState, type ArchiveState, readStates } from '../status/read-states';
import { formatTable } from '../table';

interface StatusOptions extends ArchiveOptions {
  readonly period?: string;
  readonly json?: boolean;
}

const MAX_PROBLEMS = 50;
const TABLE_DENIED =
  'The credentials do not allow the table of a verifier: only its statements are read, and STALE or MISSING archivers ' +
  'are not found.';
const AFTER_HELP = `
Reads the table of the verifier, or without one the statuses of the archivers.
Exit codes: 0 every period is COMPLETE or EMPTY; 1 a period is not, or there is
none; 2 an error.`;

/** Adds `status`: which periods are complete, and what is missing. */
export function registerStatus(program: Command, context: CommandContext): void {
  addArchiveOptions(program.command('status').description('show which periods are complete, and what is missing'))
    .option('--period <period>', 'only this month or day, such as 2026-10')
    .option('--json', 'print JSON')
    .addHelpText('after', AFTER_HELP)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<StatusOptions>();
      const location = parseArchiveOptions(options);
      if (options.period !== undefined) {
        validatePeriod(options.period);
      }
      const s3 = createS3(options, context);
      const bucket = new ArchiveBucket({ ...context, s3 }, location.s3BucketName);
      const { isTableDenied, ...state } = await readStates(bucket, { ...location, period: options.period });
      const problems = await findProblems(bucket, state);
      if (isTableDenied) {
        note(context, TABLE_DENIED);
      }
      if (options.json) {
        await printJson(context, { ...state, problems });
      } else if (state.archivers.length === 0) {
        note(context, `No archiver has a status${options.period === undefined ? '' : ` of ${options.period}`}.`);
      } else {
        await print(context, formatState({ ...state, isTableDenied }, problems));
      }
      const isWhole = state.archivers.length > 0 && state.archivers.every(({ status }) => isComplete(status));
      context.exitWith(isWhole ? ExitCode.OK : ExitCode.NO);
    });
}

function formatState({ archivers, verifiedAt, isTableDenied }: ArchiveState, problems: readonly Problem[]): string {
  const rows = archivers.map((state) => [
    state.status,
    state.account,
    state.region,
    state.archiver ?? '-',
    state.asOf === null ? '-' : formatTime(state.asOf),
    formatPeriods(state),
  ]);
  const shown = problems.slice(0, MAX_PROBLEMS).map(formatProblem);
  const more = problems.length - shown.length;
  return [
    formatTable(['status', 'account', 'Region', 'archiver', 'last report', 'periods'], rows),
    verifiedAt === null
      ? `Reported by the archivers.${isTableDenied ? '' : ' No verifier has checked it.'}`
      : `Verified at ${formatTime(verifiedAt)}.`,
    ...shown,
    ...(more > 0 ? [`And ${more} more; --json prints all of them.`] : []),
  ].join('\n');
}

/** Formats periods that follow each other with the same status as one range, oldest first. */
function formatPeriods({ periods }: ArchiverState): string {
  return groupByStatus(periods)
    .toReversed()
    .map((group) => {
      const [newest = '', oldest = ''] = [group[0]?.period, group.at(-1)?.period];
      return `${newest === oldest ? newest : `${oldest} to ${newest}`} ${group[0]?.status}`;
    })
    .join('\n');
}

function formatProblem({ account, region, period, logGroupName, message }: Problem): string {
  const subject = [account, region, period, logGroupName].filter((part) => part !== null).join(' ');
  return `${subject}: ${message.replaceAll('\n', ' ')}`;
}
