import { NamedError } from '@log-archiver/core';
import { Command, CommanderError } from 'commander';
import { describeAwsError } from './aws/describe-aws-error';
import type { CommandContext, Context } from './context';
import { OutputClosed, UserError } from './errors';
import { ExitCode } from './exit-codes';
import { note } from './output';
import { readVersion } from './read-version';
import { removeTemporaryFolders } from './temporary-folders';

/** Adds a command to the program. */
export type RegisterCommand = (program: Command, context: CommandContext) => void;

const HELP_WIDTH = 80;
const AFTER_HELP = `
Exit codes: 0 done, or yes; 1 no, incomplete or nothing found; 2 an error.
"log-archiver <command> --help" describes a command.`;

/** Runs a command line with some commands. Prints errors, and returns the exit code. */
export async function runProgram(
  args: readonly string[],
  commands: readonly RegisterCommand[],
  context: Context,
): Promise<ExitCode> {
  let exitCode = ExitCode.OK;
  const exitWith = (code: ExitCode) => {
    exitCode = code;
  };
  const program = createProgram(context);
  for (const register of commands) {
    register(program, { ...context, exitWith });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof OutputClosed) {
      return ExitCode.OK;
    }
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.OK : ExitCode.ERROR;
    }
    note(context, `error: ${describeError(error)}`);
    return ExitCode.ERROR;
  } finally {
    removeTemporaryFolders();
  }
}

function createProgram({ stdout, stderr }: Context): Command {
  return new Command('log-archiver')
    .description('Reads and checks archives of CloudWatch logs in S3, and runs archivers.')
    .version(readVersion(), '-V, --version', 'print the version')
    .option('--endpoint-url <url>', 'endpoint of AWS, such as that of local-aws')
    .option('--region <region>', 'AWS Region (default: of the environment or profile)')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .addHelpText('after', AFTER_HELP)
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .configureOutput({
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // A suggestion is on a line of its own: an error is one line.
      outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`),
    })
    .exitOverride();
}

function describeError(error: unknown): string {
  if (error instanceof UserError || error instanceof NamedError) {
    return error.message;
  }
  // Anything else is a defect of this program.
  return describeAwsError(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}
