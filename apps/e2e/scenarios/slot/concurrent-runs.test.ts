import { Granularity } from 'cdk-log-archiver';
import { expectBothSucceed, listKeysOfNoon, prepareArchiver } from './concurrent-run';

describe('two runs for the same month, started together', () => {
  it('share every export task, and both report it as archived', async () => {
    const archiver = await prepareArchiver(Granularity.MONTHLY);
    await archiver.aws.clock.moveTo('2026-11-01T18:00:00Z');
    const executions = [{}, {}].map(() => archiver.start({ period: '2026-10' }));
    const [first, second] = await expectBothSucceed(archiver, executions, ['2026-10', '2026-10']);
    expect(second?.outcomes).toEqual(first?.outcomes);
    expect(archiver.receipts).toHaveLength(3);
    expect(archiver.findCalls('CreateExportTask').map(({ at, error }) => [at, error])).toEqual([
      ['2026-11-01T18:00:00.000Z', undefined],
      ['2026-11-01T18:00:23.000Z', undefined],
      ['2026-11-01T18:00:46.000Z', undefined],
    ]);
    expect(archiver.listObjects().filter((key) => key.endsWith('.gz'))).toEqual(
      listKeysOfNoon('2026/10', '2026-10-31'),
    );
  });
});
