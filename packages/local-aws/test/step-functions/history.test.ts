import { distributedMap, machine, task } from './machine';
import { createFailing, createRetrying, ENDS } from './retrying-task';

const DONE = { Type: 'Succeed' };

describe('the history of an execution', () => {
  it.each([
    ['2 events for a Succeed', { Done: DONE }, ENDS + 2],
    ['2 events for a Pass', { Pass: { Type: 'Pass', Next: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['2 events for a Wait', { Wait: { Type: 'Wait', Seconds: 1, Next: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['2 events for a Choice', { Choose: { Type: 'Choice', Choices: [], Default: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['1 event for a Fail', { Fail: { Type: 'Fail', Error: 'Gone', Cause: 'gone' } }, ENDS + 1],
    ['5 events for a Task', { Work: task({ End: true }) }, ENDS + 5],
    ['6 events for a Map of 0 items', { Each: distributedMap({ Work: task({ End: true }) }) }, ENDS + 6, []],
    [
      '6 events for a Map of 9 items',
      { Each: distributedMap({ Work: task({ End: true }) }) },
      ENDS + 6,
      Array(9).fill(0),
    ],
  ])('has %s', async (_, states, length, items: unknown[] = []) => {
    const { execution } = await machine(states).run({ items });
    expect(execution.history).toBe(length);
    expect(execution.childExecutions.map(({ history }) => history)).toEqual(items.map(() => ENDS + 5));
  });

  it('has 3 more events for each retry of a Task', async () => {
    const { execution } = await machine({ Work: createRetrying() }, createFailing(7)).run();
    expect(execution.history).toBe(ENDS + 5 + 7 * 3);
  });

  it('has as many events for a caught Task as for a successful one, and one less for an uncaught one', async () => {
    const Catch = [{ ErrorEquals: ['RUNNING'], Next: 'Done' }];
    const caught = await machine({ Work: task({ Catch, End: true }), Done: DONE }, createFailing(1)).run();
    expect(caught.execution.history).toBe(ENDS + 5 + 2);
    const uncaught = await machine({ Work: task({ End: true }) }, createFailing(1)).run();
    expect(uncaught.execution.history).toBe(ENDS + 4);
  });

  it('has as many events for a caught Map as for a successful one, and one less for an uncaught one', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    const work = { Work: task({ End: true }) };
    const caught = { Each: distributedMap(work, { Catch, End: true }), Done: DONE };
    expect((await machine(caught, createFailing(1)).run({ items: [1] })).execution.history).toBe(ENDS + 6 + 2);
    const uncaught = { Each: distributedMap(work) };
    expect((await machine(uncaught, createFailing(1)).run({ items: [1] })).execution.history).toBe(ENDS + 5);
  });
});
