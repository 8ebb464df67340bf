import { disableStackTraces } from '../october-scenario';
import { checkEnding, ENDING_CASES } from './ending-cases';

describe('a run', () => {
  disableStackTraces();

  it.each(ENDING_CASES)('recovers if an export task %s, of %j, in %s runs, with outcomes %s', async (...endingCase) => {
    await checkEnding(endingCase);
  });
});
