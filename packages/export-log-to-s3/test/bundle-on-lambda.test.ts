import { join } from 'node:path';
import { LambdaRuntime, VirtualClock } from '@log-archiver/local-aws';
import { LogsStub } from './logs-stub';
import { OCTOBER_REQUEST } from './october-request';

/** Long ago on every machine's clock, which the bundle reads here. */
const REQUEST = {
  ...OCTOBER_REQUEST,
  scheduledTime: '2024-11-02T03:00:00Z',
  startedAt: '2024-11-02T03:00:01Z',
};
const NOW = Date.parse('2026-11-02T03:00:05.000Z');

const clock = new VirtualClock(NOW);
const logs = new LogsStub();
let lambda: LambdaRuntime;

beforeAll(async () => {
  const environment = await logs.listen();
  lambda = await LambdaRuntime.start(
    { taskRoot: join(__dirname, '..', 'dist'), timeoutSeconds: 30, environment },
    clock,
  );
});
afterAll(async () => {
  await lambda.stop();
  logs.close();
});

describe('the bundle under the Lambda runtime', () => {
  it('answers with the task', async () => {
    logs.answers = { DescribeExportTasks: { exportTasks: [] }, CreateExportTask: { taskId: 'the-task' } };
    expect(await lambda.invoke(REQUEST)).toEqual({
      logGroupName: '/app/web',
      s3BucketName: 'archive',
      s3Prefix: 'app/web',
      taskId: 'the-task',
      from: Date.parse('2024-09-30T15:00:00.000Z'),
      to: Date.parse('2024-10-31T14:59:59.999Z'),
      destinationPrefix: '2024/10/app/web',
    });
  });

  it('fails with the name that the state machine expects, after a call or without one', async () => {
    const __type = 'ResourceNotFoundException';
    logs.answers = { DescribeExportTasks: { exportTasks: [] }, CreateExportTask: { __type, message: 'gone' } };
    await expect(lambda.invoke(REQUEST)).rejects.toMatchObject({
      name: 'LogGroupNotFound',
      message: expect.stringContaining('{"errorType":"LogGroupNotFound","errorMessage":"log group /app/web'),
    });
    await expect(lambda.invoke({ ...REQUEST, timeZone: 'JST' })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
    });
  });

  it('is ended after its 30 s, not before, and answers again in a new process', async () => {
    logs.answers = {};
    const settled = jest.fn();
    const asked = logs.nextCall();
    const invocation = lambda.invoke(REQUEST);
    invocation.catch(settled);
    expect(await asked).toBe('DescribeExportTasks');
    await clock.moveTo(NOW + 29_999);
    expect(settled).not.toHaveBeenCalled();
    await clock.moveTo(NOW + 30_000);
    await expect(invocation).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringContaining('Task timed out after 30.00 seconds'),
    });

    logs.answers = { DescribeExportTasks: { exportTasks: [] }, CreateExportTask: { taskId: 'another-task' } };
    expect(await lambda.invoke(REQUEST)).toMatchObject({ taskId: 'another-task' });
  });
});
