import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { addPeriodOption, addRunOptions } from '../options/run-options';
import { AFTER_RUN_HELP, runArchiver } from './run-archiver';

/** Adds `run`: a run of one period, or of those that the schedule would archive. */
export function registerRun(program: Command, context: CommandContext): void {
  addPeriodOption(addRunOptions(program.command('run').description('start a run of an archiver, and follow it')))
    .addHelpText('after', AFTER_RUN_HELP)
    .action((_, command: Command) => runArchiver(command, context));
}
