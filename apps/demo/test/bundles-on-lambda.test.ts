import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answers,
  functionsOf,
  LambdaRuntime,
  LocalAws,
  type LogsServer,
  type SynthesizedFunction,
  serveLogs,
} from '@log-archiver/local-aws';
import { synthesizeSample } from '../src/synthesize';

interface Bundle {
  /** All of it is read at every cold start, which is billed. */
  readonly mostBytes: number;
  payload(aws: LocalAws, bucketName: string): object;
  readonly answer: object;
  /** What the payload has otherwise, and what AWS answers. */
  readonly failures: { name: string; payload: object; exportTasks?: object[] }[];
}

/** Long ago on this machine's clock, which the bundle reads here. */
const SCHEDULED = '2024-11-01T18:00:00Z';
const ORDERS = { logGroupName: '/shop/orders', s3Prefix: 'shop/orders' };
const OCTOBER = {
  from: Date.parse('2024-09-30T15:00:00.000Z'),
  to: Date.parse('2024-10-31T14:59:59.999Z'),
  destinationPrefix: '2024/10/shop/orders',
};

/** By the names of their packages. */
const BUNDLES: Record<string, Bundle> = {
  'export-log-to-s3': {
    mostBytes: 240_000,
    payload: (_, s3BucketName) => ({
      ...ORDERS,
      s3BucketName,
      keyPrefix: '',
      timeZone: 'Asia/Tokyo',
      frequency: 'MONTHLY',
      scheduledTime: SCHEDULED,
      period: null,
      startedAt: SCHEDULED,
    }),
    answer: { ...ORDERS, ...OCTOBER, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    failures: [
      { name: 'LogGroupNotFound', payload: { logGroupName: '/none' } },
      { name: 'InvalidParameterException', payload: { s3BucketName: 'none' } },
      { name: 'InvalidArchiveRequest', payload: { timeZone: 'JST' } },
    ],
  },
  'check-export-task': {
    mostBytes: 180_000,
    payload({ logs }, s3BucketName) {
      logs.exportTasks.arrange(ORDERS.logGroupName, { pendingSeconds: 0, runningSeconds: 0 });
      const { taskId } = logs.exportTasks.create({ ...ORDERS, ...OCTOBER, destination: s3BucketName });
      return { ...ORDERS, ...OCTOBER, s3BucketName, taskId };
    },
    answer: { ...ORDERS, ...OCTOBER, status: 'COMPLETED' },
    failures: [
      ...['PENDING', 'RUNNING', 'PENDING_CANCEL', 'FAILED', 'CANCELLED'].map((name) => ({
        name,
        payload: { taskId: 'the-task' },
        exportTasks: [{ taskId: 'the-task', status: { code: name } }],
      })),
      { name: 'ExportTaskNotFound', payload: { taskId: 'no-task' } },
      { name: 'InvalidArchiveRequest', payload: { taskId: '' } },
    ],
  },
};

const stack = synthesizeSample({});
const functions = functionsOf(stack).map((fn) => ({ ...fn, name: fn.description.replace('LogArchiver: ', '') }));

const directory = mkdtempSync(join(tmpdir(), 'bundles-on-lambda-'));
let aws: LocalAws;
let server: LogsServer;
let lambda: LambdaRuntime;

afterAll(() => {
  for (const folder of [directory, stack.assetDirectory]) {
    rmSync(folder, { recursive: true });
  }
});

/** Starts the function as the template has it, on AWS at the end of October; answers its payload. */
async function start(fn: SynthesizedFunction, { payload }: Bundle) {
  aws = new LocalAws({ directory, now: '2024-10-15T00:00:00Z' });
  const { bucketNames, stateMachine } = aws.deploy(stack);
  await aws.clock.moveTo(SCHEDULED);
  server = await serveLogs({ requestHandler: aws.requestHandler, clock: aws.clock });
  const environment = {
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: server.endpoint,
  };
  lambda = await LambdaRuntime.start({ ...fn, environment }, aws.clock);
  return { payload: payload(aws, String(bucketNames[0])), definition: stateMachine.definition };
}

/** The next call reaches AWS, which never answers it. */
function fallSilent(): Promise<void> {
  return new Promise((called) => {
    const silence = () => {
      called();
      return new Promise<never>(() => {});
    };
    aws.faults.inject(silence, { on: 'FIRST_CALL' });
  });
}

function errorsIn(definition: object): Set<string> {
  const names: string[] = [];
  JSON.stringify(definition, (key, value) => {
    names.push(...(key === 'ErrorEquals' ? value : []));
    return value;
  });
  return new Set(names);
}

it('every function of the stack has a bundle that is tried here', () => {
  expect(functions.map(({ name }) => name).sort()).toEqual(Object.keys(BUNDLES).sort());
});

it.each(functions)('the bundle $name exports what a function and a test start, and is small', ({ name, taskRoot }) => {
  const path = join(taskRoot, 'index.js');
  expect(Object.keys(require(path))).toEqual(['createHandler', 'handler']);
  expect(statSync(path).size).toBeLessThanOrEqual(BUNDLES[name]?.mostBytes ?? 0);
});

describe.each(functions)('the bundle $name under the Lambda runtime', (fn) => {
  const bundle = BUNDLES[fn.name] as Bundle;

  afterEach(async () => {
    await lambda.stop();
    await server.close();
  });

  it('answers', async () => {
    const { payload } = await start(fn, bundle);
    expect(await lambda.invoke(payload)).toMatchObject(bundle.answer);
  });

  it.each(bundle.failures)('fails with the name $name, which the state machine knows', async ({ name, ...failure }) => {
    const { payload, definition } = await start(fn, bundle);
    if (failure.exportTasks) {
      aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: failure.exportTasks }));
    }
    await expect(lambda.invoke({ ...payload, ...failure.payload })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`{"errorType":"${name}","errorMessage":"`),
    });
    expect(errorsIn(definition)).toContain(name);
  });

  it(`is ended after its ${fn.timeoutSeconds} s, not before, and answers again in a new process`, async () => {
    const { payload } = await start(fn, bundle);
    const called = fallSilent();
    const settled = jest.fn();
    const invocation = lambda.invoke(payload);
    invocation.catch(settled);
    await called;
    const endsAt = aws.clock.now() + fn.timeoutSeconds * 1_000;
    await aws.clock.moveTo(endsAt - 1);
    expect(settled).not.toHaveBeenCalled();
    await aws.clock.moveTo(endsAt);
    await expect(invocation).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringContaining(`Task timed out after ${fn.timeoutSeconds}.00 seconds`),
    });
    expect(await lambda.invoke(payload)).toMatchObject(bundle.answer);
  });
});
