import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type GetExecutionHistoryCommandInput,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  ListMapRunsCommand,
  type ListMapRunsCommandInput,
  SFNClient,
  StartExecutionCommand,
  type StartExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { LocalAws } from '../../src';
import type { Definition } from '../../src/step-functions/interpreter/definition';
import { StateMachine, type TaskResource } from '../../src/step-functions/state-machine';
import { distributedMap, NOW, STATE_MACHINE_ARN } from './machine';

const WAIT = { Wait: { Type: 'Wait', Seconds: 3_600, End: true } };
const DEFINITION = { StartAt: 'Wait', States: WAIT };
/** Definition of two Distributed Maps over `$.items`, each of whose items waits for an hour. */
export const TWO_MAPS = {
  StartAt: 'First',
  States: {
    First: distributedMap(WAIT, { Label: 'One', ResultPath: null, Next: 'Second' }),
    Second: distributedMap(WAIT),
  },
};
export const EXECUTION_ARN = STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:');

/** Creates a state machine whose executions wait for an hour by default, and functions that call its operations. */
export function start(definition: Definition = DEFINITION, resources = new Map<string, TaskResource>()) {
  const aws = new LocalAws({ now: NOW });
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, resources, aws.clock);
  aws.stepFunctions.add(stateMachine);
  const client = new SFNClient(aws.clientConfig);
  const list = (input: Partial<ListExecutionsCommandInput> = {}) =>
    client.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, ...input }));
  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const send = (input: Partial<StartExecutionCommandInput> = {}) =>
    client.send(new StartExecutionCommand({ stateMachineArn: STATE_MACHINE_ARN, ...input }));
  const listMapRuns = (executionArn: string, input: Partial<ListMapRunsCommandInput> = {}) =>
    client.send(new ListMapRunsCommand({ executionArn, ...input }));
  const listChildren = (mapRunArn = '') => client.send(new ListExecutionsCommand({ mapRunArn }));
  const getHistory = (executionArn: string, input: Partial<GetExecutionHistoryCommandInput> = {}) =>
    client.send(new GetExecutionHistoryCommand({ executionArn, ...input }));
  const startExecution = (name: string, input: object = {}) => stateMachine.startExecution(input, undefined, name);
  return { aws, list, describe, send, listMapRuns, listChildren, getHistory, startExecution };
}

export const listNames = ({ executions = [] }: Awaited<ReturnType<ReturnType<typeof start>['list']>>) =>
  executions.map(({ name }) => name);
