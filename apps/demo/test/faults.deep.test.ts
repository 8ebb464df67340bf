import { formatResult, isComplete } from '../src/print-result';
import { ARCHIVED, checkFault, FAULT_CASES, runWithFaults } from './fault-cases';

describe('the demo', () => {
  it.each(FAULT_CASES)('runs with %s, with outcomes %j and errors %j, in %p s', async (...faultCase) => {
    await checkFault(faultCase);
  });

  it.each([
    ['task-fails', 3, [1, 1], 'its export task ended with FAILED'],
    ['task-given-up', 33, [31, 1], 'its export task ended with ExportTaskGivenUp'],
  ] as const)(
    'runs with %s, makes %p exports, and does not count the orphaned task',
    async (fault, exports, tasks, why) => {
      const { run, logGroups, leftovers, secondRun } = await runWithFaults(fault);
      expect([run.exports, secondRun.exports]).toEqual([exports, 0]);
      expect(logGroups).toMatchObject([
        { logGroupName: '/file/one', tasks: tasks[0], agrees: true, events: 1, objects: 1 },
        { logGroupName: '/file/two', tasks: tasks[1], agrees: true, events: 1, objects: 1 },
      ]);
      expect(leftovers).toMatchObject([{ logGroupName: '/file/one', period: '2026-10', why }]);
    },
  );

  it('runs with several faults, and injects a repeated one once', async () => {
    const { run, logGroups } = await runWithFaults('slot-taken', 'lost-answer', 'slot-taken', 'task-fails');
    expect(logGroups.map(({ status }) => status)).toEqual(ARCHIVED);
    expect(run.errors).toEqual({ ExportSlotBusy: 119, TimeoutError: 1, FAILED: 1 });
  });

  it('shows the number of parts of a split month', async () => {
    const result = await runWithFaults('task-given-up');
    expect(formatResult(result)).toContain('│ 2026-10 │ /file/one │ ARCHIVED in 31 parts │      1 │');
    expect(isComplete(result)).toBe(true);
  });
});
