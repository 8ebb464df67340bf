import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { addRangeOptions, addRunOptions } from '../options/run-options';
import { AFTER_RUN_HELP, runArchiver } from './run-archiver';

/** Adds `backfill`: one run of a range of periods. */
export function registerBackfill(program: Command, context: CommandContext): void {
  const command = program.command('backfill').description('run an archiver for a range of months or days');
  addRangeOptions(addRunOptions(command))
    .addHelpText('after', AFTER_RUN_HELP)
    .action((_, self: Command) => runArchiver(self, context, true));
}
