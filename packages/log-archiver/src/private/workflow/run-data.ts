import type {
  ArchiveExecution,
  ArchiveOutcome,
  ArchivePage,
  ArchiveParameters,
  RunContext,
  RunInput,
} from '@log-archiver/core';
import type { Construct } from 'constructs';
import type { ItemData } from './item-states';
import { MakePayload } from './make-payload';
import type { PayloadOf } from './payload';

/** The data of a run. */
export interface RunData {
  /** The execution's input, as it was given: what it may say, `PlanArchive` knows. */
  input: RunInput;
  run: RunContext;
  /** The page of work that was planned last; before the first one nothing but its number. */
  page: ArchivePage;
  /** What became of that page. */
  outcomes: ArchiveOutcome[];
  /** What an item has until its export was started, and then recorded. */
  notStarted: Pick<ItemData, 'task' | 'recorded'>;
}

const execution = {
  'id.$': '$$.Execution.Id',
  'name.$': '$$.Execution.Name',
  'startedAt.$': '$$.Execution.StartTime',
  'stateMachineArn.$': '$$.StateMachine.Id',
} satisfies PayloadOf<ArchiveExecution, never>;

const notStarted: RunData['notStarted'] = {
  task: {
    logGroupName: null,
    s3BucketName: null,
    destinationPrefix: null,
    taskId: null,
    status: null,
    createdAt: null,
    completedAt: null,
  },
  recorded: { isDone: null, progress: null, leftover: null },
};

/** What is the same all through the run, and what the first page starts from. */
export function configureRun(scope: Construct, parameters: ArchiveParameters): MakePayload {
  const run = { parameters, execution } satisfies Record<keyof RunContext, unknown>;
  const page: Pick<ArchivePage, 'number'> = { number: 0 };
  return new MakePayload(scope, 'Configure', {
    payload: { 'input.$': '$', run, page, outcomes: [], notStarted } satisfies Record<
      'input.$' | Exclude<keyof RunData, 'input'>,
      unknown
    >,
  });
}
