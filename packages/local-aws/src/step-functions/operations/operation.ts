import type { Operation } from '../../protocol/operation';
import type { Shape } from '../../protocol/validation';
import type { ExecutionStatus } from '../interpreter/execution-result';

/** Fields of an execution that the operations return. */
export interface DescribedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly input: unknown;
  readonly status: ExecutionStatus;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  /** Milliseconds since the epoch. */
  readonly stopDate?: number;
}

/** State machines by ARN, with their executions, oldest first. */
export type StateMachines = ReadonlyMap<string, { readonly executions: readonly DescribedExecution[] }>;

/** An operation of the Step Functions API. */
export type StepFunctionsOperation = Operation<StateMachines>;

export const arn: Shape = { type: 'string', min: 1, max: 256 };

/** Returns the fields that both operations return for an execution. */
export function summarize(
  stateMachineArn: string,
  { executionArn, name, status, startDate, stopDate }: DescribedExecution,
) {
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1_000,
    ...(stopDate === undefined ? {} : { stopDate: stopDate / 1_000 }),
  };
}
