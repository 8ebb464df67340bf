import { checkWorld } from './check-world';
import { BROKEN_ONCE } from './found-before';

describe('an archiver in a world that was found before', () => {
  /** The quick ones: the deep test has all. */
  const sample = BROKEN_ONCE.filter(([, { scriptedExports }]) =>
    scriptedExports.every(({ runningSeconds }) => runningSeconds < 3_600),
  );

  it.each(sample)('%s', async (_, world) => {
    await checkWorld(world);
  });
});
