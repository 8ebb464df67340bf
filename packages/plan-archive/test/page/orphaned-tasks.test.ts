import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import { EXECUTION, OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { ArchiveOutcome } from '@log-archiver/core';
import { applyOutcomes } from '../../src/page/outcomes';
import { createOutcome } from '../world';

const STARTED_AT = Date.parse(EXECUTION.startedAt);
const OURS: ExportTask = {
  taskId: 'lost',
  taskName: OCTOBER_ITEM.taskName,
  status: { code: 'RUNNING' },
  executionInfo: { creationTime: STARTED_AT },
};

/** Applies one outcome of the item of October. */
function apply(changes: Partial<ArchiveOutcome>, tasks: ExportTask[] = []) {
  const options = { now: 0, startedAt: STARTED_AT, slotTimeLeft: 1 };
  return applyOutcomes([OCTOBER_ITEM], [{ ...createOutcome(OCTOBER_ITEM), ...changes }], tasks, options);
}

const ID_LOST = { status: 'FAILED' as const, error: 'Lambda.Unknown', taskId: null, destinationPrefix: null };

it.each<[string, ExportTask]>([
  ['is running', OURS],
  ['is pending', { ...OURS, status: { code: 'PENDING' } }],
  ['is completed', { ...OURS, status: { code: 'COMPLETED' } }],
])('reports a task whose id was lost and that %s', (_, task) => {
  const { entries } = apply(ID_LOST, [{}, task]);

  expect(entries).toMatchObject([{ taskId: 'lost', destinationPrefix: '2026/10/app/web', error: 'Lambda.Unknown' }]);
});

it.each<[string, ExportTask]>([
  ['has failed', { ...OURS, status: { code: 'FAILED' } }],
  ['has another name', { ...OURS, taskName: 'another' }],
  ['was created before the run', { ...OURS, executionInfo: { creationTime: STARTED_AT - 1_000 } }],
])('does not report a task that %s', (_, task) => {
  expect(apply(ID_LOST, [task]).entries).toMatchObject([{ taskId: null, destinationPrefix: null }]);
});

it('keeps the task id of an outcome, and adds none to an item that is not failed', () => {
  expect(apply({ ...ID_LOST, taskId: 'known' }, [OURS]).entries).toMatchObject([{ taskId: 'known' }]);
  expect(apply({ ...ID_LOST, status: 'SKIPPED' }, [OURS]).entries).toMatchObject([{ taskId: null }]);
});

it.each<[Partial<ArchiveOutcome>, string[]]>([
  [{}, []],
  [{ leftover: 'another run wrote the receipt first: other' }, ['another run wrote the receipt first: other']],
  [{ status: 'FAILED', error: 'FAILED' }, ['its export task ended with FAILED']],
  [{ status: 'FAILED', error: 'CANCELLED' }, ['its export task ended with CANCELLED']],
  [{ status: 'FAILED', error: 'ExportTaskGivenUp' }, ['its export task ended with ExportTaskGivenUp']],
  [{ status: 'FAILED', error: 'FAILED', taskId: null }, []],
  [{ status: 'FAILED', error: 'AccessDenied' }, []],
  [{ status: 'FAILED', error: 'ArchiveEmpty' }, []],
])('finds for an outcome with %j the orphaned tasks %j', (changes, whys) => {
  const { logGroupName, period, destinationPrefix } = OCTOBER_ITEM;

  expect(apply(changes).orphans).toEqual(
    whys.map((why) => ({ taskId: 'task of /app/web', logGroupName, period, destinationPrefix, why })),
  );
});

it('finds a second task that was created while AWS did not list the first', () => {
  const inReceipt = { ...OURS, taskId: 'task of /app/web' };
  const others = [
    { ...OURS, taskId: 'failed', status: { code: 'FAILED' as const } },
    { ...OURS, taskId: 'older', executionInfo: { creationTime: STARTED_AT - 1 } },
  ];
  const why = 'the receipt lists another export task of this item: task of /app/web';

  expect(apply({}, [OURS, inReceipt, ...others]).orphans).toMatchObject([
    { taskId: 'lost', why },
    { taskId: 'failed', why: 'its export task ended with FAILED' },
  ]);
});

it('finds a second task of a failed item unless the next attempt may adopt it', () => {
  const second = { ...OURS, taskId: 'task of /app/web' };
  const why =
    'another export task of this item is task of /app/web; the receipt of a later run says which one it lists';

  expect(apply({ status: 'FAILED', error: 'X' }, [second, OURS]).orphans).toMatchObject([{ taskId: 'lost', why }]);
  expect(apply(ID_LOST, [second, OURS]).orphans).toMatchObject([{ taskId: 'lost', why }]);
  expect(apply({ status: 'FAILED', error: 'FAILED' }, [second, OURS]).orphans).toHaveLength(1);
});
