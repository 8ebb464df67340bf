import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAws, type LocalAwsOptions } from '@log-archiver/local-aws';
import { runProgram } from '../../src/program';
import { runTrials } from '../../src/trials/run-trials';
import type { AutomatedTrial, TrialResult } from '../../src/trials/trial';
import { ACCOUNT, REGION } from '../archive';
import { type CliResult, runCli } from '../run-cli';

export const NOW = '2026-11-28T10:00:00.250Z';

/** Creates an account that enforces policies, as AWS does. */
export function createAccount(options: Partial<LocalAwsOptions> = {}): LocalAws {
  return new LocalAws({ now: NOW, accountId: ACCOUNT, region: REGION, enforcePolicies: true, ...options });
}

/** Lets virtual time pass while a command waits. */
export function passTime({ clock }: LocalAws) {
  return (milliseconds: number) => clock.passUntil(clock.sleep(milliseconds));
}

/** Calls a function with a new folder, which is removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'log-archiver-test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs one trial. Returns its result, as it is in the file. */
export async function runTrial(
  aws: LocalAws,
  trial: AutomatedTrial,
  waitMinutes = 60,
): Promise<{ cli: CliResult; result: TrialResult }> {
  return withFolder(async (folder) => {
    const request = { out: join(folder, 'results.json'), waitMinutes, isConfirmed: true };
    const cli = await runCli(['trial'], aws, { wait: passTime(aws) }, (args, context) =>
      runProgram(
        args,
        [
          (program, commandContext) =>
            program
              .command('trial')
              .action(() => runTrials(request, { automated: [trial], manual: [] }, commandContext)),
        ],
        context,
      ),
    );
    const { trials } = JSON.parse(readFileSync(request.out, 'utf8'));
    return { cli, result: trials[0] };
  });
}

/** Returns the names of everything that exists in an account. */
export function listRemains(aws: LocalAws): string[] {
  return [
    ...aws.logs.logGroups.all().map(({ logGroupName }) => logGroupName),
    ...aws.buckets.names,
    ...aws.roles.names,
    ...aws.stepFunctions.keys(),
  ];
}
