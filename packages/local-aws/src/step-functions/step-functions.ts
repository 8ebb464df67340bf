import { AwsError } from '../protocol/aws-error';
import { validate } from '../protocol/validation';
import type { Execution } from './execution';
import { operations } from './operations';
import type { StateMachine } from './state-machine';

interface ListExecutionsInput {
  stateMachineArn: string;
  statusFilter?: Execution['status'];
  /** 0 is the default. */
  maxResults?: number;
  nextToken?: string;
}

const PAGE_SIZE = 100;

/** Step Functions, by the names of its operations: as much of it as an execution needs to look at others. */
export class StepFunctions {
  private readonly stateMachines = new Map<string, StateMachine>();

  public add(stateMachine: StateMachine) {
    this.stateMachines.set(stateMachine.stateMachineArn, stateMachine);
  }

  /** Throws an `AwsError` where AWS answers with one. */
  public call(operation: string, input: unknown): object {
    const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!known) {
      throw new AwsError('UnknownOperationException', '');
    }
    try {
      validate(known.input, input);
    } catch (error) {
      throw new AwsError('ValidationException', (error as Error).message);
    }
    return known.call(this, input as never);
  }

  /** Newest first. */
  public listExecutions({ stateMachineArn, statusFilter, maxResults, nextToken }: ListExecutionsInput) {
    const stateMachine = this.stateMachines.get(stateMachineArn);
    if (!stateMachine) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    }
    const newestFirst = stateMachine.executions.toReversed();
    const last = nextToken === undefined ? -1 : newestFirst.findIndex(({ name }) => tokenAfter(name) === nextToken);
    if (nextToken !== undefined && last === -1) {
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    const rest = newestFirst
      .slice(last + 1)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter);
    const page = rest.slice(0, maxResults || PAGE_SIZE);
    return {
      executions: page.map((execution) => summarize(stateMachineArn, execution)),
      ...(page.length < rest.length ? { nextToken: tokenAfter(page.at(-1)?.name) } : {}),
    };
  }

  public describeExecution({ executionArn }: { executionArn: string }) {
    for (const [stateMachineArn, { executions }] of this.stateMachines) {
      const execution = executions.find((candidate) => candidate.executionArn === executionArn);
      if (execution) {
        return { ...summarize(stateMachineArn, execution), input: JSON.stringify(execution.input) };
      }
    }
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }
}

function summarize(stateMachineArn: string, { executionArn, name, status, startDate, stopDate }: Execution) {
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1_000,
    ...(stopDate === undefined ? {} : { stopDate: stopDate / 1_000 }),
  };
}

/** A token outlives the end of the execution that it names. */
function tokenAfter(name = ''): string {
  return Buffer.from(name).toString('base64url');
}
