import { registerStatus } from './commands/status';
import type { Context } from './context';
import type { ExitCode } from './exit-codes';
import { runProgram } from './program';

/** Commands, in the order of the help. Each registers itself on the program. */
const COMMANDS = [registerStatus];

/** Runs a command line, without the names of the program. Prints errors, and returns the exit code. */
export function main(args: readonly string[], context: Context): Promise<ExitCode> {
  return runProgram(args, COMMANDS, context);
}
