import { DescribeExecutionCommand, type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { retryInPlace } from '@log-archiver/aws-clients/retry-in-place';
import type { ArchiveExecution, PlanArchiveRequest, RunInput } from '@log-archiver/core';
import { isScheduled } from '../run-input';

/**
 * The older run that does what this one would, by its ARN: a schedule fires again while the run before it, which can
 * take days, is still at work. What an operator asks for is always done.
 */
export async function findOlderRun(
  { input: request, execution }: Pick<PlanArchiveRequest, 'input' | 'execution'>,
  services: Clients,
): Promise<string | null> {
  if (!isScheduled(request)) {
    return null;
  }
  for (const { executionArn = '' } of olderThan(execution, await runningExecutions(execution, services))) {
    if (await isAtWork(executionArn, services)) {
      return executionArn;
    }
  }
  return null;
}

/** Oldest first. Two that started at the same instant are in the order of their names, so that one of them works. */
function olderThan(own: ArchiveExecution, executions: ExecutionListItem[]): ExecutionListItem[] {
  const listed = executions.find(({ executionArn }) => executionArn === own.id);
  const startedAt = listed?.startDate?.getTime() ?? Date.parse(own.startedAt);
  return executions
    .filter(({ startDate, name = '' }) => {
      const difference = (startDate?.getTime() ?? 0) - startedAt;
      return difference < 0 || (difference === 0 && name < own.name);
    })
    .reverse();
}

/** Newest first, as AWS lists them. */
async function runningExecutions(
  { stateMachineArn }: ArchiveExecution,
  services: Clients,
): Promise<ExecutionListItem[]> {
  const executions: ExecutionListItem[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken });
    const page = await retryInPlace(services, () => services.stepFunctions.send(command));
    executions.push(...(page.executions ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return executions;
}

async function isAtWork(executionArn: string, services: Clients): Promise<boolean> {
  const command = new DescribeExecutionCommand({ executionArn });
  const { status, input } = await retryInPlace(services, () => services.stepFunctions.send(command));
  return status === 'RUNNING' && isScheduled(readInput(input));
}

/** An input that is no object is refused by its own run. */
function readInput(input = '{}'): RunInput {
  const request: unknown = JSON.parse(input);
  return typeof request === 'object' && request !== null ? request : {};
}
