import { AwsError } from '../../protocol/aws-error';
import type { ExecutionStatus } from '../interpreter/execution-result';
import {
  arn,
  type DescribedExecution,
  findStateMachine,
  listEverything,
  longArn,
  maxResults,
  nextToken,
  type PageRequest,
  paginate,
  type StateMachines,
  type StepFunctionsOperation,
  summarize,
} from './operation';

interface ListExecutionsInput extends PageRequest {
  stateMachineArn?: string;
  mapRunArn?: string;
  statusFilter?: ExecutionStatus;
}

/** Lists the executions of a state machine, or the child executions of a Map run, newest first. */
export const listExecutions: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: [],
    members: {
      stateMachineArn: arn,
      mapRunArn: longArn,
      statusFilter: { type: 'string', values: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
      maxResults,
      nextToken,
    },
  },
  call(stateMachines: StateMachines, input: ListExecutionsInput) {
    const { statusFilter } = input;
    const { page, ...token } = paginate(
      findExecutions(stateMachines, input),
      ({ name }) => name,
      input,
      ({ status }) => statusFilter === undefined || status === statusFilter,
    );
    return { executions: page.map(summarize), ...token };
  },
};

function findExecutions(
  stateMachines: StateMachines,
  { stateMachineArn = '', mapRunArn }: ListExecutionsInput,
): readonly DescribedExecution[] {
  if ((stateMachineArn === '') === (mapRunArn === undefined)) {
    throw new AwsError('ValidationException', 'Must provide exactly one of stateMachineArn and mapRunArn');
  }
  if (mapRunArn === undefined) {
    return findStateMachine(stateMachines, stateMachineArn).executions;
  }
  const mapRuns = listEverything(stateMachines).flatMap((execution) => execution.mapRuns);
  const mapRun = mapRuns.find((run) => run.mapRunArn === mapRunArn);
  if (!mapRun) {
    throw new AwsError('ResourceNotFound', `Resource not found: '${mapRunArn}'`);
  }
  return mapRun.executions;
}
