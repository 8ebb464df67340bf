import { foreignTaskHoldsSlot, refuses } from '@log-archiver/local-aws';
import { disableStackTraces, prepareMonthEnd, recover, runScenario } from '../october-scenario';

const BOTH = { outcomes: 'ARCHIVED ARCHIVED', archived: 'orders payments' };

describe('a run that finds the export slot taken', () => {
  disableStackTraces();

  it('waits if the slot is taken at the first call', async () => {
    const archiver = await prepareMonthEnd();
    foreignTaskHoldsSlot(archiver.aws, 4);
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ ...BOTH, creations: 3, looks: 57, seconds: 50 });
    expect(await recover(archiver, run)).toBe(0);
  });

  it('waits if the slot is taken at the first two attempts of every call', async () => {
    const archiver = await prepareMonthEnd();
    const slotIsTaken = refuses('LimitExceededException', 'Resource limit exceeded.');
    archiver.aws.faults.inject(slotIsTaken, { of: 'CreateExportTask', on: 'FIRST_TWO_ATTEMPTS' });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ ...BOTH, creations: 6, looks: 57, seconds: 50 });
    expect(await recover(archiver, run)).toBe(0);
  });
});
