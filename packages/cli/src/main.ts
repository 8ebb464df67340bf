import { registerBackfill } from './commands/backfill';
import { registerCat } from './commands/cat';
import { registerGrep } from './commands/grep';
import { registerPlan } from './commands/plan';
import { registerReport } from './commands/report';
import { registerRun } from './commands/run';
import { registerStatus } from './commands/status';
import { registerTrials } from './commands/trials';
import { registerVerify } from './commands/verify';
import type { Context } from './context';
import type { ExitCode } from './exit-codes';
import { runProgram } from './program';

/** Commands, in the order of the help. Each registers itself on the program. */
const COMMANDS = [
  ...[registerCat, registerGrep, registerStatus, registerVerify, registerReport],
  ...[registerPlan, registerRun, registerBackfill, registerTrials],
];

/** Runs a command line, without the names of the program. Prints errors, and returns the exit code. */
export function main(args: readonly string[], context: Context): Promise<ExitCode> {
  return runProgram(args, COMMANDS, context);
}
