import { AwsError } from '../../protocol/aws-error';
import { arn, type StateMachines, type StepFunctionsOperation, summarize } from './operation';

export const describeExecution: StepFunctionsOperation = {
  input: { type: 'structure', required: ['executionArn'], members: { executionArn: arn } },
  call(stateMachines: StateMachines, { executionArn }: { executionArn: string }) {
    for (const [stateMachineArn, { executions }] of stateMachines) {
      const execution = executions.find((candidate) => candidate.executionArn === executionArn);
      if (execution) {
        return { ...summarize(stateMachineArn, execution), input: JSON.stringify(execution.input) };
      }
    }
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  },
};
