import { toIsoTime } from '@log-archiver/core';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { Statement } from '@log-archiver/verify-archive/statements/statement';
import type { Command } from 'commander';
import { findArchivedPeriods } from '../archive/find-archives';
import { createS3 } from '../aws/create-s3';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import { ExitCode } from '../exit-codes';
import { type ArchiveOptions, addArchiveOptions, parseArchiveOptions } from '../options/archive-options';
import { validatePeriod } from '../options/period-option';
import { showValue } from '../options/show-value';
import { note, print, printJson } from '../output';
import { withProgress } from '../progress';
import { isComplete } from '../status/find-problems';
import { formatTable } from '../table';
import { verifyPeriod } from '../verify/verify-period';

interface VerifyOptions extends ArchiveOptions {
  readonly period?: string;
  readonly retentionDays?: string;
  readonly json?: boolean;
}

const AFTER_HELP = `
Compares the objects as the verifier does, and writes nothing.
Exit codes: 0 the period is COMPLETE or EMPTY, without a finding; 1 it is not,
or has no record; 2 an error.`;

/** Adds `verify`: the check of one period. */
export function registerVerify(program: Command, context: CommandContext): void {
  addArchiveOptions(program.command('verify').description('compare the objects of a period with its receipts'))
    .option('--period <period>', 'month or day, such as 2026-10 (required)')
    .option('--retention-days <days>', 'days after which the bucket expires objects (default: never)')
    .option('--json', 'print JSON')
    .addHelpText('after', AFTER_HELP)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<VerifyOptions>();
      const location = parseArchiveOptions(options);
      const { period, json = false } = options;
      if (period === undefined) {
        throw new UserError('--period is required: one month or day is verified at a time');
      }
      validatePeriod(period);
      const retentionDays = parseRetention(options.retentionDays);
      const bucket = new ArchiveBucket({ ...context, s3: createS3(options, context) }, location.s3BucketName);
      const found = (await findArchivedPeriods(bucket, location)).filter((each) => each.period === period);
      const run = { id: 'log-archiver verify', startedAt: toIsoTime(context.now()) };
      const statements: Statement[] = [];
      for (const each of found) {
        const verified = await withProgress(context, 'receipts', (progress) =>
          verifyPeriod(bucket, each, run, retentionDays, progress),
        );
        statements.push(...verified);
      }
      if (json) {
        await printJson(context, statements);
      } else if (statements.length === 0) {
        note(context, `No archiver has a record of ${period}.`);
      } else {
        await print(context, formatStatements(statements));
      }
      const isVerified = statements.length > 0 && statements.every(({ status }) => isComplete(status));
      context.exitWith(isVerified ? ExitCode.OK : ExitCode.NO);
    });
}

function parseRetention(value: string | undefined): number | null {
  if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value)) {
    throw new UserError(`--retention-days must be a positive whole number of days, got ${showValue(value)}`);
  }
  return value === undefined ? null : Number(value);
}

function formatStatements(statements: readonly Statement[]): string {
  const rows = statements.map(({ status, account, region, archiver, verified, findings }) => [
    ...[status, account, region, archiver ?? '-'],
    ...[verified.receipts, verified.objects, verified.bytes, findings],
  ]);
  const findings = statements.flatMap((statement) => {
    const more = statement.findings - statement.firstFindings.length;
    return [
      ...statement.firstFindings.map(({ type, key, message }) => `${type}: ${key}: ${message}`),
      ...(more > 0 ? [`And ${more} more findings.`] : []),
    ];
  });
  const head = ['status', 'account', 'Region', 'archiver', 'receipts', 'objects', 'bytes', 'findings'];
  return [formatTable(head, rows), ...new Set(findings)].join('\n');
}
