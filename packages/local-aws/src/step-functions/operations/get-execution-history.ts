import { AwsError } from '../../protocol/aws-error';
import type { HistoryEvent } from '../history';
import {
  findExecution,
  longArn,
  maxResults,
  nextToken,
  type PageRequest,
  type StateMachines,
  type StepFunctionsOperation,
} from './operation';

interface GetExecutionHistoryInput extends PageRequest {
  executionArn: string;
  includeExecutionData?: boolean;
  reverseOrder?: boolean;
}

const PAGE_SIZE = 100;
/** Details that AWS leaves out if `includeExecutionData` is false. */
const EXECUTION_DATA = ['input', 'output'];

/** Lists the events of an execution, without those of its child executions. A token is the ID of the last event. */
export const getExecutionHistory: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: ['executionArn'],
    members: {
      executionArn: longArn,
      includeExecutionData: { type: 'boolean' },
      maxResults,
      nextToken,
      reverseOrder: { type: 'boolean' },
    },
  },
  call(stateMachines: StateMachines, input: GetExecutionHistoryInput) {
    const { executionArn, reverseOrder = false, includeExecutionData = true } = input;
    const history = findExecution(stateMachines, executionArn).listHistory();
    const ordered = reverseOrder ? history.toReversed() : history;
    const start = findStart(ordered, input.nextToken);
    const page = ordered.slice(start, start + (input.maxResults || PAGE_SIZE));
    return {
      events: page.map((event) => formatEvent(event, includeExecutionData)),
      ...(start + page.length < ordered.length ? { nextToken: formatToken(page.at(-1) as HistoryEvent) } : {}),
    };
  },
};

function findStart(events: readonly HistoryEvent[], token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const last = events.findIndex((event) => formatToken(event) === token);
  if (last === -1) {
    throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
  return last + 1;
}

function formatToken({ id }: HistoryEvent): string {
  return Buffer.from(String(id)).toString('base64url');
}

function formatEvent({ timestamp, details, ...event }: HistoryEvent, includeExecutionData: boolean) {
  const shown = includeExecutionData ? details : JSON.parse(JSON.stringify(details, omitData));
  return { ...event, timestamp: timestamp / 1_000, ...shown };
}

function omitData(name: string, value: unknown) {
  return EXECUTION_DATA.includes(name) ? undefined : value;
}
