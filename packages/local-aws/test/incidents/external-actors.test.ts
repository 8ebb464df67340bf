import { foreignTaskHoldsSlot, operatorCancelsTask } from '../../src';
import { withExportTasks } from '../with-export-tasks';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

describe('operatorCancelsTask', () => {
  it('cancels only the next export task, as soon as it runs', async () => {
    const { aws, create, statuses, after } = await withExportTasks();
    operatorCancelsTask(aws, '/shop');
    await after(HOUR_MS);
    await create();
    await after(5 * SECOND_MS);
    expect(await statuses()).toEqual(['PENDING_CANCEL']);
    await after(2 * SECOND_MS);
    await create();
    await after(23 * SECOND_MS);
    expect(await statuses()).toEqual(['COMPLETED', 'CANCELLED']);
  });
});

describe('foreignTaskHoldsSlot', () => {
  it('occupies the export slot for longer than one task can run', async () => {
    const { aws, create, after } = await withExportTasks();
    foreignTaskHoldsSlot(aws, 50 * 3_600);
    for (const milliseconds of [0, 24 * HOUR_MS, 24 * HOUR_MS, 2 * HOUR_MS - 1]) {
      await after(milliseconds);
      await expect(create()).rejects.toMatchObject({ name: 'LimitExceededException' });
    }
    await after(1);
    await expect(create()).resolves.toHaveProperty('taskId');
  });
});
