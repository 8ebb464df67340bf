import { toIsoTime } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import { readPeriodReport } from '@log-archiver/verify-archive/report/period-report';
import { renderPeriodReport } from '@log-archiver/verify-archive/report/render-period-report';
import type { Command } from 'commander';
import { findArchivedPeriods } from '../archive/find-archives';
import { createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import { ExitCode } from '../exit-codes';
import { type ArchiveOptions, addArchiveOptions, parseArchiveOptions } from '../options/archive-options';
import { validateOut, writeNewFile } from '../options/new-file';
import { validatePeriod } from '../options/period-option';
import { note, print } from '../output';

interface ReportOptions extends ArchiveOptions {
  readonly period?: string;
  readonly archiver?: string;
  readonly out?: string;
}

/** An archiver's period; `null`: no archiver has written a status of the period. */
interface Candidate {
  readonly found: FoundPeriod;
  readonly archiver: string | null;
}

/** Remedy for a file that exists. */
const EXISTING_FILE = 'remove it, or redirect the standard output';
const AFTER_HELP = `
Prints one HTML page without scripts or other files. Replaces no file.
Exit codes: 0 the page is written, whatever it says; 1 the period has no
record; 2 an error.`;

/** Adds `report`: the page of one period. */
export function registerReport(program: Command, context: CommandContext): void {
  addArchiveOptions(program.command('report').description('print a page about a period: losses, outcomes, timeline'))
    .option('--period <period>', 'month or day, such as 2026-10 (required)')
    .option('--archiver <name>', 'state machine of the archiver, if there are several')
    .option('--out <file>', 'new file for the page (default: the standard output)')
    .addHelpText('after', AFTER_HELP)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<ReportOptions>();
      const location = parseArchiveOptions(options);
      const { period, archiver, out } = options;
      if (period === undefined) {
        throw new UserError('--period is required: a page shows one month or day');
      }
      validatePeriod(period);
      if (archiver === '') {
        throw new UserError('--archiver must be a non-empty string, got ""');
      }
      if (out !== undefined) {
        validateOut(out, EXISTING_FILE);
      }
      const bucket = new ArchiveBucket({ ...context, s3: createS3(options, context) }, location.s3BucketName);
      const periods = (await findArchivedPeriods(bucket, location)).filter((each) => each.period === period);
      const candidate = selectArchiver(periods, archiver);
      if (candidate === undefined) {
        const subject = archiver === undefined ? 'No archiver has a' : `Archiver ${archiver} has no`;
        note(context, `${subject} record of ${period}.`);
        context.exitWith(ExitCode.NO);
        return;
      }
      const report = await readPeriodReport(bucket, candidate.found, candidate.archiver);
      const page = renderPeriodReport(report, toIsoTime(context.now()));
      if (out === undefined) {
        await print(context, page.trimEnd());
      } else {
        writeNewFile(out, page, EXISTING_FILE);
      }
    });
}

/** Selects the only archiver of a period. Throws if there are several; `undefined`: there is none. */
function selectArchiver(periods: readonly FoundPeriod[], name: string | undefined): Candidate | undefined {
  const candidates = periods
    .flatMap((found): Candidate[] =>
      found.statuses.size === 0
        ? [{ found, archiver: null }]
        : [...found.statuses.keys()].map((archiver) => ({ found, archiver })),
    )
    .filter(({ archiver }) => name === undefined || archiver === name);
  if (candidates.length > 1) {
    const names = candidates.map(({ found, archiver }) =>
      [found.account, found.region, archiver ?? '-', ...(found.keyPrefix === '' ? [] : [found.keyPrefix])].join(' '),
    );
    throw new UserError(
      `--bucket must have one archiver with a record of the period, got ${names.length} (${names.sort().join(', ')}); ` +
        'pass --account, --region, --key-prefix or --archiver',
    );
  }
  return candidates[0];
}
