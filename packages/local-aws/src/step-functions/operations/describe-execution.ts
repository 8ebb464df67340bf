import { findExecution, longArn, type StateMachines, type StepFunctionsOperation, summarize } from './operation';

export const describeExecution: StepFunctionsOperation = {
  input: { type: 'structure', required: ['executionArn'], members: { executionArn: longArn } },
  call(stateMachines: StateMachines, { executionArn }: { executionArn: string }) {
    const execution = findExecution(stateMachines, executionArn);
    const { status, ...end } = execution.endResult ?? { status: 'RUNNING' };
    return {
      ...summarize(execution),
      input: JSON.stringify(execution.input),
      ...('output' in end ? { output: JSON.stringify(end.output) } : end),
    };
  },
};
