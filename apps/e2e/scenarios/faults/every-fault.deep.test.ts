import { disableStackTraces } from '../october-scenario';
import { checkFault, FAULT_CASES } from './fault-cases';

describe('a run', () => {
  disableStackTraces();

  it.each(FAULT_CASES)('recovers from %s %s, with outcomes %s', async (...faultCase) => {
    await checkFault(faultCase);
  });
});
