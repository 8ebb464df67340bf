import { arn, type StateMachines, type StepFunctionsOperation } from './operation';

/** Deletes a state machine and its executions, or does nothing if there is none. AWS waits for running executions. */
export const deleteStateMachine: StepFunctionsOperation = {
  input: { type: 'structure', required: ['stateMachineArn'], members: { stateMachineArn: arn } },
  call(stateMachines: StateMachines, { stateMachineArn }: { stateMachineArn: string }) {
    stateMachines.delete(stateMachineArn);
    return {};
  },
};
