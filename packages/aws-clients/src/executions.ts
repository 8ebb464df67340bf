import { DescribeExecutionCommand, type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

export type { ExecutionListItem };

/** Returns the running executions of a state machine, newest first. */
export async function listRunningExecutions(
  stateMachineArn: string,
  clients: Pick<Clients, 'stepFunctions' | 'wait'>,
): Promise<ExecutionListItem[]> {
  const executions: ExecutionListItem[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken });
    const page = await retryInPlace(clients, () => clients.stepFunctions.send(command));
    executions.push(...(page.executions ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return executions;
}

/** Returns the status of an execution, and its input as JSON. */
export async function describeExecution(
  executionArn: string,
  clients: Pick<Clients, 'stepFunctions' | 'wait'>,
): Promise<{ status?: string; input?: string }> {
  const command = new DescribeExecutionCommand({ executionArn });
  const { status, input } = await retryInPlace(clients, () => clients.stepFunctions.send(command));
  return { status, input };
}
