import { refuses, strangerHoldsSlot } from '@log-archiver/local-aws';
import { disableStackTraces, prepareMonthEnd, recover, runScenario } from './october-scenario';

const HOUR = 3_600;
const BOTH = { outcomes: 'ARCHIVED ARCHIVED', archived: 'orders payments' };

describe('a run that finds the export slot taken', () => {
  disableStackTraces();

  it('waits if the slot is taken at the first call', async () => {
    const archiver = await prepareMonthEnd();
    strangerHoldsSlot(archiver.aws, 4);
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ ...BOTH, creations: 3, looks: 25, seconds: 59 });
    expect(await recover(archiver, run)).toBe(0);
  });

  it('waits if the slot is taken at the first two attempts of every call', async () => {
    const archiver = await prepareMonthEnd();
    const slotIsTaken = refuses('LimitExceededException', 'Resource limit exceeded.');
    archiver.aws.faults.inject(slotIsTaken, { of: 'CreateExportTask', on: 'FIRST_TWO_ATTEMPTS' });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ ...BOTH, creations: 6, looks: 31, seconds: 79 });
    expect(await recover(archiver, run)).toBe(0);
  });

  it('waits for 20 hours, with one attempt per minute', async () => {
    const archiver = await prepareMonthEnd();
    strangerHoldsSlot(archiver.aws, 20 * HOUR);
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ ...BOTH, creations: 1_207, looks: 2_433, seconds: 72_095 });
    expect(
      archiver.findCalls('CreateExportTask').filter(({ error }) => error === 'LimitExceededException'),
    ).toHaveLength(1_205);
    expect(await recover(archiver, run)).toBe(0);
  });
});
