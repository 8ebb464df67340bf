import type { Command } from 'commander';
import { createSfn } from '../aws/create-sfn';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-codes';
import {
  addPeriodOption,
  addRangeOptions,
  addRunOptions,
  parseRunOptions,
  type RunOptions,
} from '../options/run-options';
import { print, printJson } from '../output';
import { execute, getSummary } from '../run/execute';
import { formatPlan, formatRun } from '../run/format-run';

const AFTER_HELP = `
Starts an execution that exports nothing. Permissions: states:StartExecution
and states:DescribeExecution. Ctrl-C detaches; the execution continues.
Exit codes: 0 no export would fail; 1 one would, or the dry run failed; 2 an
error; 130 detached.`;

/** Adds `plan`: the estimate of a run. */
export function registerPlan(program: Command, context: CommandContext): void {
  const command = program.command('plan').description('estimate a run with a dry run, which exports nothing');
  addRangeOptions(addPeriodOption(addRunOptions(command)))
    .addHelpText('after', AFTER_HELP)
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<RunOptions>();
      const request = parseRunOptions(options);
      const sfn = createSfn(request.aws, context);
      const ended = await execute(sfn, request, { ...request.input, dryRun: true }, context);
      const summary = getSummary(ended);
      if (options.json) {
        await printJson(context, ended);
      } else {
        await print(context, summary === undefined ? formatRun(ended) : formatPlan(summary));
      }
      context.exitWith(summary?.failed === 0 ? ExitCode.OK : ExitCode.NO);
    });
}
