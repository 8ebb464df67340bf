import { callOperation } from '../protocol/operation';
import { operations } from './operations';
import type { StateMachine } from './state-machine';

/** Implements the operations of Step Functions that start executions and read them, independent of the transport. */
export class StepFunctions {
  private readonly stateMachines = new Map<string, StateMachine>();

  public add(stateMachine: StateMachine) {
    this.stateMachines.set(stateMachine.stateMachineArn, stateMachine);
  }

  /** Calls an operation by name. Throws an `AwsError` if AWS rejects the call. */
  public call(operationName: string, input: unknown): object {
    return callOperation(operations, operationName, this.stateMachines, input);
  }
}
