import { checkWorld } from './check-world';
import { BROKEN_ONCE, FAILED_ONCE } from './found-before';

describe('an archiver in a world that was found before', () => {
  it.each(BROKEN_ONCE)('%s', async (_, world) => {
    await checkWorld(world);
  });

  it.each(FAILED_ONCE)('%s', async (_, world) => {
    const { archivers } = await checkWorld(world);
    const executions = archivers.flatMap(({ stateMachine }) => stateMachine.executions);
    expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'SUCCEEDED'));
  });
});
