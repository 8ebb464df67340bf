import { AwsError } from '../../protocol/aws-error';
import type { ExecutionStatus } from '../interpreter/execution-result';
import { arn, type StateMachines, type StepFunctionsOperation, summarize } from './operation';

interface ListExecutionsInput {
  stateMachineArn: string;
  statusFilter?: ExecutionStatus;
  /** 0 means the default. */
  maxResults?: number;
  nextToken?: string;
}

const PAGE_SIZE = 100;

/** Lists the executions of a state machine, newest first. */
export const listExecutions: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: ['stateMachineArn'],
    members: {
      stateMachineArn: arn,
      statusFilter: { type: 'string', values: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
      maxResults: { type: 'long', min: 0, max: 1_000 },
      nextToken: { type: 'string', min: 1, max: 3_096 },
    },
  },
  call(stateMachines: StateMachines, { stateMachineArn, statusFilter, maxResults, nextToken }: ListExecutionsInput) {
    const stateMachine = stateMachines.get(stateMachineArn);
    if (!stateMachine) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    }
    const newestFirst = stateMachine.executions.toReversed();
    const last = nextToken === undefined ? -1 : newestFirst.findIndex(({ name }) => formatToken(name) === nextToken);
    if (nextToken !== undefined && last === -1) {
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    const rest = newestFirst
      .slice(last + 1)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter);
    const page = rest.slice(0, maxResults || PAGE_SIZE);
    return {
      executions: page.map((execution) => summarize(stateMachineArn, execution)),
      ...(page.length < rest.length ? { nextToken: formatToken(page.at(-1)?.name) } : {}),
    };
  },
};

/** Formats the token of the page after an execution, which stays valid after the execution has ended. */
function formatToken(name = ''): string {
  return Buffer.from(name).toString('base64url');
}
