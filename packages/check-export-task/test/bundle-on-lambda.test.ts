import { join } from 'node:path';
import { LambdaRuntime, VirtualClock } from '@log-archiver/local-aws';
import { LogsStub } from './logs-stub';

const NOW = Date.parse('2026-11-02T03:00:05.000Z');
const TASK = {
  logGroupName: '/app/web',
  s3BucketName: 'archive',
  s3Prefix: 'app/web',
  taskId: 'the-task',
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
  destinationPrefix: '2026/10/app/web',
};

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

const theTaskIs = (code: string) => ({
  DescribeExportTasks: { exportTasks: [{ taskId: 'the-task', status: { code } }] },
});

describe('the bundle under the Lambda runtime', () => {
  it('answers with the task and its status', async () => {
    logs.answers = theTaskIs('COMPLETED');
    expect(await lambda.invoke(TASK)).toEqual({ ...TASK, status: 'COMPLETED' });
  });

  it.each(['PENDING', 'RUNNING', 'PENDING_CANCEL', 'FAILED', 'CANCELLED'])('fails with the name %s', async (code) => {
    logs.answers = theTaskIs(code);
    const errorMessage = `export task the-task of log group /app/web is ${code}`;
    await expect(lambda.invoke(TASK)).rejects.toMatchObject({
      name: code,
      message: expect.stringContaining(`{"errorType":"${code}","errorMessage":"${errorMessage}"`),
    });
  });

  it('fails with the name ExportTaskNotFound where AWS shows no task', async () => {
    logs.answers = { DescribeExportTasks: { exportTasks: [] } };
    await expect(lambda.invoke(TASK)).rejects.toMatchObject({ name: 'ExportTaskNotFound' });
  });

  it('is ended after its 30 s, not before, and answers again in a new process', async () => {
    logs.answers = {};
    const settled = jest.fn();
    const asked = logs.nextCall();
    const invocation = lambda.invoke(TASK);
    invocation.catch(settled);
    expect(await asked).toBe('DescribeExportTasks');
    await clock.moveTo(NOW + 29_999);
    expect(settled).not.toHaveBeenCalled();
    await clock.moveTo(NOW + 30_000);
    await expect(invocation).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringContaining('Task timed out after 30.00 seconds'),
    });

    logs.answers = theTaskIs('COMPLETED');
    expect(await lambda.invoke(TASK)).toEqual({ ...TASK, status: 'COMPLETED' });
  });
});
