import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../context';
import { note } from '../output';
import type { Resource } from './resources';
import type { TrialAccount } from './trial-account';

/** Says what will be created. */
export function announce(
  resources: readonly Resource[],
  { arns, region }: TrialAccount,
  context: CommandContext,
): void {
  const lines = [
    `To be created in account ${arns.accountId}, Region ${region}, and removed at the end:`,
    ...resources.map(({ label }) => `  ${label}`),
    'While an export task of a trial runs, other exports of the account and Region wait for the slot.',
  ];
  note(context, lines.join('\n'));
}

/** Asks whether to create the resources. The end of the input means no. */
export async function confirm({ stdin, stderr }: CommandContext): Promise<boolean> {
  // In terminal mode, Ctrl-C would be input instead of a signal.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    const answer = await Promise.race([lines.question('Create them? [y/N] '), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
