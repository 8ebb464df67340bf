import { AwsError } from '../protocol/aws-error';
import { callOperation } from '../protocol/operation';
import type { Definition } from './interpreter/definition';
import { operations } from './operations';
import type { StateMachine } from './state-machine';

/** Creates a state machine for CreateStateMachine. */
export type CreateStateMachine = (name: string, definition: Definition, roleArn: string) => StateMachine;

/** Implements operations of Step Functions, independent of the transport. */
export class StepFunctions extends Map<string, StateMachine> {
  constructor(private readonly createStateMachine: CreateStateMachine) {
    super();
  }

  public add(stateMachine: StateMachine) {
    this.set(stateMachine.stateMachineArn, stateMachine);
  }

  /** Creates a state machine. Returns its ARN. */
  public create(name: string, definition: Definition, roleArn: string): string {
    const stateMachine = this.createStateMachine(name, definition, roleArn);
    const { stateMachineArn } = stateMachine;
    if (this.has(stateMachineArn)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${stateMachineArn}'`);
    }
    this.add(stateMachine);
    return stateMachineArn;
  }

  /** Calls an operation by name. Throws an `AwsError` if AWS rejects the call. */
  public call(operationName: string, input: unknown): object {
    return callOperation(operations, operationName, this, input);
  }
}
