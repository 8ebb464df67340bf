import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { LocalAws } from '../../src';
import { StateMachine } from '../../src/step-functions/state-machine';
import { NOW, STATE_MACHINE_ARN } from './machine';

const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3_600, End: true } } };
export const EXECUTION_ARN = STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:');

/** Creates a state machine whose executions wait for an hour, and functions that call its operations. */
export function start() {
  const aws = new LocalAws({ now: NOW });
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, DEFINITION, new Map(), aws.clock);
  aws.stepFunctions.add(stateMachine);
  const client = new SFNClient(aws.clientConfig);
  const list = (input: Partial<ListExecutionsCommandInput> = {}) =>
    client.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, ...input }));
  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const startExecution = (name: string, input: object = {}) => stateMachine.startExecution(input, undefined, name);
  return { aws, list, describe, startExecution };
}

export const listNames = ({ executions = [] }: Awaited<ReturnType<ReturnType<typeof start>['list']>>) =>
  executions.map(({ name }) => name);
