import type { Command } from 'commander';
import { createSfn } from '../aws/create-sfn';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-codes';
import { parseRunOptions, type RunOptions } from '../options/run-options';
import { note, print, printJson } from '../output';
import { type EndedExecution, execute, getSummary } from '../run/execute';
import { formatEstimate, formatRun } from '../run/format-run';
import { RunProgress } from '../run/run-progress';

/** Text after the help of a command that starts a run. */
export const AFTER_RUN_HELP = `
A dry run counts the exports first. Ctrl-C detaches; the execution continues.
Permissions: states:StartExecution and states:DescribeExecution; for progress,
states:ListMapRuns, states:ListExecutions and states:GetExecutionHistory.
Exit codes: 0 the run SUCCEEDED; 1 it did not, or another run was active; 2 an
error; 130 detached.`;

/** Starts a run after a dry run of the same input, follows it, and prints its summary. */
export async function runArchiver(command: Command, context: CommandContext, isRangeRequired = false): Promise<void> {
  const options = command.optsWithGlobals<RunOptions>();
  const request = parseRunOptions(options, isRangeRequired);
  const sfn = createSfn(request.aws, context);
  const planned = await execute(sfn, request, { ...request.input, dryRun: true }, context);
  const estimate = getSummary(planned);
  if (!estimate?.plan) {
    note(context, 'the dry run did not succeed, so the run was not started');
    return printEnd(planned, options, context);
  }
  note(context, formatEstimate(estimate).join('\n'));
  const progress = new RunProgress(sfn, estimate.plan, context);
  return printEnd(await execute(sfn, request, request.input, context, progress), options, context);
}

async function printEnd(ended: EndedExecution, { json }: RunOptions, context: CommandContext): Promise<void> {
  await (json ? printJson(context, ended) : print(context, formatRun(ended)));
  context.exitWith(getSummary(ended) ? ExitCode.OK : ExitCode.NO);
}
