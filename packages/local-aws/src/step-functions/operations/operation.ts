import type { Shape, StructureShape } from '../../protocol/validation';
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
export interface StepFunctionsOperation {
  readonly input: StructureShape;
  /** Executes the operation with an input that has the shape `input`. */
  readonly call: (stateMachines: StateMachines, input: never) => object;
}

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
