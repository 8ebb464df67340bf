import { checkWorld } from './check-world';
import { BROKEN_ONCE } from './found-before';

describe('an archiver in a world that was found before', () => {
  /** Every third of the quick ones. The deep test has all. */
  const sample = BROKEN_ONCE.filter(([, { scriptedExports }]) =>
    scriptedExports.every(({ runningSeconds }) => runningSeconds < 3_600),
  ).filter((_, index) => index % 3 === 0);

  it.each(sample)('%s', async (_, world) => {
    await checkWorld(world);
  });
});
