import type { ArchiveExecution, ArchivePage, ArchiveParameters, RunContext, RunInput } from '@log-archiver/core';
import type { Construct } from 'constructs';
import type { ItemData } from './item-states';
import { MakePayload } from './make-payload';
import type { PayloadOf } from './payload';

/** Data of a run. */
export interface RunData {
  /** Input of the execution, unchanged. `PlanArchive` validates it. */
  input: RunInput;
  run: RunContext;
  /**
   * Page that was planned last; before the first page, only its number and no items.
   *
   * After the Map, the outcomes of the items take the place of the items. So the data never holds both, and a page
   * without items has no outcomes that could be evaluated twice.
   */
  page: ArchivePage;
  /** Data of an item before its export. */
  notStarted: Pick<ItemData, 'task' | 'error'>;
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
    period: null,
    s3BucketName: null,
    destinationPrefix: null,
    taskId: null,
    execution: null,
    status: null,
    createdAt: null,
    completedAt: null,
  },
  error: { Error: null, Cause: null },
};

/** Creates the first state, which adds the parameters of the archiver and the start of the first page to the input. */
export function createConfigureState(scope: Construct, parameters: ArchiveParameters): MakePayload {
  const run = { parameters, execution } satisfies Record<keyof RunContext, unknown>;
  const page: Pick<ArchivePage, 'number' | 'items'> = { number: 0, items: [] };
  return new MakePayload(scope, 'Configure', {
    payload: { 'input.$': '$', run, page, notStarted } satisfies Record<
      'input.$' | Exclude<keyof RunData, 'input'>,
      unknown
    >,
  });
}
