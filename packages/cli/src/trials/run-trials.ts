import { randomBytes } from 'node:crypto';
import { DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsOptions } from '../aws/create-client';
import { describeAwsError } from '../aws/describe-aws-error';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-codes';
import { writeNewFile } from '../options/new-file';
import { hideControls, note, Output } from '../output';
import { readVersion } from '../read-version';
import { setSignalHandler } from '../signals';
import { announce, confirm } from './confirm';
import { Interruption } from './interruption';
import { createNames } from './names';
import { cancelActiveTask, listResources, type Resource, removeResource } from './resources';
import { Results } from './results';
import { inconclusive, type TrialResult } from './trial';
import { TrialAccount } from './trial-account';
import type { Trials } from './trials';

/** Options of the command. */
export interface TrialsRequest extends AwsOptions {
  /** Path of the file of results. */
  readonly out: string;
  /** Minutes until trials stop waiting for AWS. */
  readonly waitMinutes: number;
  /** Whether the user has already agreed. */
  readonly isConfirmed: boolean;
}

/** Remedy for a file of results that exists. */
export const EXISTING_FILE = 'remove it, or pass another path';

const MINUTE_MS = 60_000;
const ISSUES = 'https://github.com/log-archiver/cdk-log-archiver/issues';

/** Creates what the trials need, runs them, and removes everything again, also after an error or a signal. */
export async function runTrials(request: TrialsRequest, trials: Trials, context: CommandContext): Promise<void> {
  const interruption = new Interruption(context);
  const names = createNames(randomBytes(4).toString('hex'));
  const account = await TrialAccount.connect(request, interruption.createContext(), names);
  const resources = listResources(names);
  announce(resources, account, context);
  if (!request.isConfirmed && !(await confirm(context))) {
    note(context, 'nothing was created');
    context.exitWith(ExitCode.NO);
    return;
  }
  const results = new Results(request.out, account, readVersion(), request.endpointUrl);
  writeNewFile(request.out, results.format(), EXISTING_FILE);
  const created: Resource[] = [];
  let end = () => {};
  const removed = new Promise<void>((resolve) => {
    end = resolve;
  });
  setSignalHandler(() => {
    note(context, 'interrupted; removing what was created (a second signal leaves it)');
    interruption.interrupt();
    return removed;
  });
  try {
    await createResources(resources, created, account);
    await tryAll(trials, request, account, results, {
      ...context,
      throwIfInterrupted: interruption.throwIfInterrupted,
    });
  } catch (error) {
    if (!interruption.isInterrupted) {
      throw error;
    }
  } finally {
    interruption.ignore();
    await removeAll(created, request, account, context);
    setSignalHandler();
    end();
  }
}

async function createResources(
  resources: readonly Resource[],
  created: Resource[],
  account: TrialAccount,
): Promise<void> {
  for (const resource of resources) {
    // If the answer is lost, the resource may exist.
    created.push(resource);
    await resource.create(account);
  }
  await account.untilAllowed(async () => {
    const { logs } = await account.assumeRole();
    await logs.send(new DescribeLogStreamsCommand({ logGroupName: account.names.logGroup }));
  });
}

async function tryAll(
  { automated, manual }: Trials,
  { waitMinutes, out }: TrialsRequest,
  account: TrialAccount,
  results: Results,
  context: CommandContext & Pick<Interruption, 'throwIfInterrupted'>,
): Promise<void> {
  const output = new Output(context.stdout);
  const show = (result: TrialResult) => {
    output.add(`${hideControls(formatResult(result))}\n`);
    return output.flush();
  };
  const prepared = [];
  for (const trial of automated) {
    const run = await trial.prepare(account).catch((error: Error) => () => Promise.reject(error));
    prepared.push({ trial, run });
  }
  account.deadline = account.now() + waitMinutes * MINUTE_MS;
  for (const [index, { trial, run }] of prepared.entries()) {
    note(context, `trial ${index + 1} of ${prepared.length}: ${trial.title}`);
    const answer = await run().catch((error: Error) => {
      context.throwIfInterrupted();
      const { name, message } = error;
      return inconclusive(describeAwsError(error) ?? message, { error: name, message });
    });
    await show(results.add(trial, answer));
  }
  for (const trial of manual) {
    await show(results.addManual(trial));
  }
  results.finish(account.now());
  const [held, failed, unclear] = (['HOLDS', 'DOES_NOT_HOLD', 'INCONCLUSIVE'] as const).map((status) =>
    results.count(status),
  );
  note(context, `HOLDS: ${held}, DOES_NOT_HOLD: ${failed}, INCONCLUSIVE: ${unclear}, NOT_TRIED: ${manual.length}`);
  note(context, `${out} has the results, without the account ID; please attach it to an issue: ${ISSUES}`);
  context.exitWith(held === automated.length ? ExitCode.OK : ExitCode.NO);
}

function formatResult({ number, title, status, answer, note: text }: TrialResult): string {
  return `${number}. ${title}: ${answer === null ? status : `${answer} (${status})`}\n   ${text}`;
}

/** Removes the resources, the last one first. Prints how to remove those that remain. */
async function removeAll(
  created: readonly Resource[],
  { profile, endpointUrl }: TrialsRequest,
  account: TrialAccount,
  context: CommandContext,
): Promise<void> {
  const options = [
    `--region ${account.region}`,
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...(endpointUrl === undefined ? [] : [`--endpoint-url ${endpointUrl}`]),
  ].join(' ');
  await cancelActiveTask(account);
  let remaining = 0;
  for (const resource of created.toReversed()) {
    try {
      await removeResource(resource, account);
    } catch (error) {
      remaining += 1;
      const commands = resource.listRemoveCommands(account).map((command) => `  ${command} ${options}`);
      const reason = describeAwsError(error) ?? (error as Error).message;
      note(context, [`could not remove ${resource.label} (${reason}); to remove it:`, ...commands].join('\n'));
    }
  }
  if (remaining > 0) {
    context.exitWith(ExitCode.ERROR);
  } else {
    note(context, 'everything that was created has been removed');
  }
}
