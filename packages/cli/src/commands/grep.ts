import type { Command } from 'commander';
import type { CommandContext } from '../context';
import { UserError } from '../errors';
import { ExitCode } from '../exit-codes';
import { addEventOptions, type EventOptions, parseEventOptions } from '../options/event-options';
import { showValue } from '../options/show-value';
import { printEvents } from './print-events';

interface GrepOptions extends EventOptions {
  readonly ignoreCase?: boolean;
}

/** Pattern without a character that means something else in a regular expression. */
const LITERAL = /^[^\\^$.*+?()[\]{}|]+$/;
const AFTER_HELP = `
PATTERN is a JavaScript regular expression for the message of an event.
Exit codes: 0 an event matched; 1 none matched, or part of the range is not in
the archive; 2 an error.`;

/** Adds `grep`: the events of a log group that match a pattern. */
export function registerGrep(program: Command, context: CommandContext): void {
  addEventOptions(program.command('grep PATTERN LOG_GROUP').description('print the events that match a pattern'))
    .option('-i, --ignore-case', 'ignore upper and lower case')
    .addHelpText('after', AFTER_HELP)
    .action(async (pattern: string, logGroupName: string, _, command: Command) => {
      const options = command.optsWithGlobals<GrepOptions>();
      const matches = createMatcher(pattern, options);
      const query = parseEventOptions(logGroupName, options);
      const { count, isComplete } = await printEvents(query, matches, options, context);
      context.exitWith(count > 0 && isComplete ? ExitCode.OK : ExitCode.NO);
    });
}

function createMatcher(pattern: string, { ignoreCase = false }: GrepOptions): (message: Buffer) => boolean {
  if (pattern === '') {
    throw new UserError('PATTERN must be a non-empty regular expression, got ""');
  }
  const expression = parsePattern(pattern, ignoreCase ? 'i' : '');
  // Most messages do not match, and decoding each of them takes longer than the search.
  return LITERAL.test(pattern) && !ignoreCase
    ? (message) => message.includes(pattern)
    : (message) => expression.test(message.toString());
}

function parsePattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    const [, reason = ''] = /.*: (.*)$/s.exec((error as Error).message) ?? [];
    throw new UserError(`PATTERN must be a JavaScript regular expression, got ${showValue(pattern)} (${reason})`);
  }
}
