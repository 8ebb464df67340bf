import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StateMachineKind } from './names';
import type { TrialAccount } from './trial-account';

const POLL_INTERVAL_MS = 2_000;

/** An execution that has ended. */
export interface TrialExecution extends Pick<DescribeExecutionCommandOutput, 'status' | 'error' | 'cause'> {
  readonly executionArn: string;
  /** `undefined` unless the execution succeeded. */
  readonly output: unknown;
}

/** Runs a state machine to its end. */
export async function runExecution(
  account: TrialAccount,
  kind: StateMachineKind,
  input: object,
): Promise<TrialExecution> {
  const { sfn, arns } = account;
  const stateMachineArn = arns.stateMachines[kind];
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  for (;;) {
    await account.wait(POLL_INTERVAL_MS);
    const { status, error, cause, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') {
      return { executionArn, status, error, cause, output: output === undefined ? undefined : JSON.parse(output) };
    }
  }
}
