import { AwsError } from '../../protocol/aws-error';
import type { Operation } from '../../protocol/operation';
import type { Shape } from '../../protocol/validation';
import type { HistoryEvent } from '../history';
import type { Definition } from '../interpreter/definition';
import type { ExecutionResult, ExecutionStatus } from '../interpreter/execution-result';

/** Fields of an execution that the operations return. */
export interface DescribedExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: unknown;
  readonly status: ExecutionStatus;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  /** Milliseconds since the epoch. */
  readonly stopDate?: number;
  readonly endResult?: ExecutionResult;
  /** @default - not a child execution */
  readonly mapRunArn?: string;
  readonly mapRuns: readonly DescribedMapRun[];
  /** Lists the events of the history, oldest first. */
  listHistory(): HistoryEvent[];
}

/** A run of a Distributed Map. */
export interface DescribedMapRun {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  /** Milliseconds since the epoch. */
  readonly stopDate?: number;
  /** Child executions, oldest first. */
  readonly executions: readonly DescribedExecution[];
}

/** State machines by ARN, with their executions, oldest first. */
export interface StateMachines
  extends ReadonlyMap<
    string,
    {
      readonly executions: readonly DescribedExecution[];
      startExecution(input: object, onEvent?: undefined, name?: string): DescribedExecution;
    }
  > {
  /** Creates a state machine. Returns its ARN. */
  create(name: string, definition: Definition, roleArn: string): string;
  delete(stateMachineArn: string): boolean;
}

/** An operation of the Step Functions API. */
export type StepFunctionsOperation = Operation<StateMachines>;

export const arn: Shape = { type: 'string', min: 1, max: 256 };
/** ARN of an execution or Map run, which contains the names of two resources. */
export const longArn: Shape = { type: 'string', min: 1, max: 2_000 };
export const maxResults: Shape = { type: 'long', min: 0, max: 1_000 };
export const nextToken: Shape = { type: 'string', min: 1, max: 3_096 };

const PAGE_SIZE = 100;

/** Part of a list that a caller requests. */
export interface PageRequest {
  /** 0 means the default. */
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Returns the fields that the operations return for an execution. */
export function summarize({
  executionArn,
  stateMachineArn,
  name,
  status,
  startDate,
  stopDate,
  mapRunArn,
}: DescribedExecution) {
  return { executionArn, stateMachineArn, name, status, ...formatTimes({ startDate, stopDate }), mapRunArn };
}

/** Formats times as AWS JSON does: in seconds. */
export function formatTimes({ startDate, stopDate }: Pick<DescribedExecution, 'startDate' | 'stopDate'>) {
  return { startDate: startDate / 1_000, ...(stopDate === undefined ? {} : { stopDate: stopDate / 1_000 }) };
}

export function findStateMachine(stateMachines: StateMachines, stateMachineArn: string) {
  const stateMachine = stateMachines.get(stateMachineArn);
  if (!stateMachine) {
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }
  return stateMachine;
}

/** Returns an execution or child execution. */
export function findExecution(stateMachines: StateMachines, executionArn: string): DescribedExecution {
  const execution = listEverything(stateMachines).find((candidate) => candidate.executionArn === executionArn);
  if (!execution) {
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }
  return execution;
}

/** Returns all executions, each before its child executions. */
export function listEverything(stateMachines: StateMachines): DescribedExecution[] {
  return [...stateMachines.values()].flatMap(({ executions }) => executions.flatMap(listWithChildren));
}

function listWithChildren(execution: DescribedExecution): DescribedExecution[] {
  return [execution, ...execution.mapRuns.flatMap(({ executions }) => executions.flatMap(listWithChildren))];
}

/** Returns a page of the listed resources, newest first. A token stays valid when its resource is not listed any more. */
export function paginate<T>(
  oldestFirst: readonly T[],
  getName: (resource: T) => string,
  { maxResults, nextToken }: PageRequest,
  isListed: (resource: T) => boolean = () => true,
): { page: T[]; nextToken?: string } {
  const newestFirst = oldestFirst.toReversed();
  const formatToken = (resource: T) => Buffer.from(getName(resource)).toString('base64url');
  const last = nextToken === undefined ? -1 : newestFirst.findIndex((resource) => formatToken(resource) === nextToken);
  if (nextToken !== undefined && last === -1) {
    throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
  const rest = newestFirst.slice(last + 1).filter(isListed);
  const page = rest.slice(0, maxResults || PAGE_SIZE);
  return { page, ...(page.length < rest.length ? { nextToken: formatToken(page.at(-1) as T) } : {}) };
}
