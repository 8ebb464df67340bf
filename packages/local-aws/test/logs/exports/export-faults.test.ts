import { tasksHiddenFor } from '../../../src';
import { withExportTasks } from '../../with-export-tasks';

const SECOND_MS = 1_000;

describe('tasksHiddenFor', () => {
  it('hides an export task until it is old enough', async () => {
    const { aws, create, statuses, after } = await withExportTasks();
    aws.faults.inject(tasksHiddenFor(60, aws.clock.now), { of: 'DescribeExportTasks' });
    await create();
    await after(60 * SECOND_MS - 1);
    expect(await statuses()).toEqual([]);
    await after(1);
    expect(await statuses()).toEqual(['COMPLETED']);
  });
});
