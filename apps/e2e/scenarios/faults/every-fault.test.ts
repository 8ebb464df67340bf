import { disableStackTraces } from '../october-scenario';
import { checkFault, FAULT_CASES, FAULTS, FIRST } from './fault-cases';

/** Every fault once. The deep test has every fault at every moment. */
const SAMPLE = FAULT_CASES.filter(([, when]) => when === FIRST);

describe('a run', () => {
  disableStackTraces();

  it.each(SAMPLE)('recovers from %s %s, with outcomes %s', async (...faultCase) => {
    await checkFault(faultCase);
  });

  it('is tried with every fault', () => {
    expect([...new Set(SAMPLE.map(([name]) => name))]).toEqual(Object.keys(FAULTS));
  });
});
