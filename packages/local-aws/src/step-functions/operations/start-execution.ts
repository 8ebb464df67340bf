import { AwsError } from '../../protocol/aws-error';
import { arn, findStateMachine, formatTimes, type StateMachines, type StepFunctionsOperation } from './operation';

interface StartExecutionInput {
  stateMachineArn: string;
  name?: string;
  input?: string;
}

/** Starts an execution. The call is idempotent while an execution of the same name and input runs. */
export const startExecution: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: ['stateMachineArn'],
    members: {
      stateMachineArn: arn,
      name: { type: 'string', min: 1, max: 80 },
      input: { type: 'string', max: 262_144 },
      traceHeader: { type: 'string', max: 256 },
    },
  },
  call(stateMachines: StateMachines, { stateMachineArn, name, input: text = '{}' }: StartExecutionInput) {
    const stateMachine = findStateMachine(stateMachines, stateMachineArn);
    const input = parseInput(text);
    const namesake = stateMachine.executions.find((execution) => execution.name === name);
    const isSame = namesake?.status === 'RUNNING' && JSON.stringify(namesake.input) === JSON.stringify(input);
    const { executionArn, startDate } = isSame ? namesake : stateMachine.startExecution(input, undefined, name);
    return { executionArn, ...formatTimes({ startDate }) };
  },
};

function parseInput(text: string): object {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
