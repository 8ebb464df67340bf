import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { describeExecution, type ExecutionListItem, listRunningExecutions } from '@log-archiver/aws-clients/executions';
import type { ArchiveExecution, RunInput } from '@log-archiver/core';
import { isScheduled } from '../run-input';

type ExecutionClients = Pick<Clients, 'stepFunctions' | 'wait'>;

/**
 * Returns the ARN of the oldest active run that does what a scheduled run does; `undefined`: there is none.
 *
 * A run can take days, and the schedule fires again before its end. A run that an operator asked for always proceeds.
 */
export async function findActiveRun(
  execution: ArchiveExecution,
  clients: ExecutionClients,
): Promise<string | undefined> {
  const running = await listRunningExecutions(execution.stateMachineArn, clients);
  for (const { executionArn = '' } of selectOlder(execution, running)) {
    if (await isActive(executionArn, clients)) {
      return executionArn;
    }
  }
  return undefined;
}

/**
 * Selects the executions that are older than the run's own, oldest first. AWS lists them newest first.
 *
 * Two executions that started at the same instant are sorted by name, so that one of them proceeds.
 */
function selectOlder(own: ArchiveExecution, executions: ExecutionListItem[]): ExecutionListItem[] {
  const listed = executions.find(({ executionArn }) => executionArn === own.id);
  const startedAt = listed?.startDate?.getTime() ?? Date.parse(own.startedAt);
  return executions
    .filter(({ startDate, name = '' }) => {
      const difference = (startDate?.getTime() ?? 0) - startedAt;
      return difference < 0 || (difference === 0 && name < own.name);
    })
    .reverse();
}

/** Whether an execution is still running, with the input of a scheduled run. */
async function isActive(executionArn: string, clients: ExecutionClients): Promise<boolean> {
  const { status, input } = await describeExecution(executionArn, clients);
  return status === 'RUNNING' && isScheduled(parseObject(input));
}

/** Parses an input. One that is not an object counts as empty: its own run fails and reports it. */
function parseObject(input = '{}'): RunInput {
  const value: unknown = JSON.parse(input);
  return typeof value === 'object' && value !== null ? value : {};
}
