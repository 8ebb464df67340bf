import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-codes';
import { addEventOptions, type EventOptions, parseEventOptions } from '../options/event-options';
import { printEvents } from './print-events';

const AFTER_HELP = `
Without --from or --to, prints everything that is archived. Messages of several
lines stay together. Log streams have - in place of /, as in the export.
Exit codes: 0 all of the range; 1 part of the range is not in the archive;
2 an error.`;

/** Adds `cat`: the events of a log group. */
export function registerCat(program: Command, context: CommandContext): void {
  addEventOptions(program.command('cat LOG_GROUP').description('print the events of a log group, in order of time'))
    .addHelpText('after', AFTER_HELP)
    .action(async (logGroupName: string, _, command: Command) => {
      const options = command.optsWithGlobals<EventOptions>();
      const query = parseEventOptions(logGroupName, options);
      const { isComplete } = await printEvents(query, undefined, options, context);
      context.exitWith(isComplete ? ExitCode.OK : ExitCode.NO);
    });
}
