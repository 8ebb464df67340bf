import type { Command } from 'commander';
import { type AwsOptions, validateAwsOptions } from '../aws/create-client';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import { validateOut } from '../options/new-file';
import { showValue } from '../options/show-value';
import { isTerminal } from '../progress';
import { EXISTING_FILE, runTrials } from '../trials/run-trials';
import { TRIALS } from '../trials/trials';

interface TrialsOptions extends AwsOptions {
  readonly out: string;
  readonly wait: string;
  readonly yes?: boolean;
}

const MAX_WAIT_MINUTES = 1_440;
const AFTER_HELP = `
Tries what AWS does not document, with log groups, buckets, roles and state
machines of its own, which it removes at the end. Prints AWS's answers, and
writes a file for an issue, without the account ID.
Permissions: see the README. Takes about an hour.
Exit codes: 0 every assumption that was tried holds; 1 one does not, or is not
clear; 2 an error, or something could not be removed.`;

/** Adds `trials`: what could not be verified without an account. */
export function registerTrials(program: Command, context: CommandContext): void {
  program
    .command('trials')
    .description('try what AWS does not document, in an account of yours')
    .option('--out <file>', 'new file for the results', 'log-archiver-trials.json')
    .option('--wait <minutes>', 'how long to wait for AWS, up to 1440', '60')
    .option('--yes', 'create the resources without asking')
    .addHelpText('after', AFTER_HELP)
    .action(async (_, command: Command) => {
      const { out, wait, yes: isConfirmed = false, ...aws } = command.optsWithGlobals<TrialsOptions>();
      validateAwsOptions(aws);
      if (!/^\d{1,4}$/.test(wait) || Number(wait) > MAX_WAIT_MINUTES) {
        throw new UserError(`--wait must be 0 to ${MAX_WAIT_MINUTES} minutes, got ${showValue(wait)}`);
      }
      validateOut(out, EXISTING_FILE);
      if (!isConfirmed && !isTerminal(context.stdin)) {
        throw new UserError('--yes is required: the standard input is not a terminal, so the command cannot ask');
      }
      await runTrials({ ...aws, out, waitMinutes: Number(wait), isConfirmed }, TRIALS, context);
    });
}
