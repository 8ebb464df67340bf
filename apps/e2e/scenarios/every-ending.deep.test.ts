import { checkEnding, ENDING_CASES } from './ending-cases';
import { disableStackTraces } from './october-scenario';

describe('a run', () => {
  disableStackTraces();

  it.each(ENDING_CASES)('recovers if an export task %s, of %j, in %s runs, with outcomes %s', async (...endingCase) => {
    await checkEnding(endingCase);
  });
});
