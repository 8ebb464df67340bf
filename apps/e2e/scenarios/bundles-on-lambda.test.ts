import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveItem, RunContext } from '@log-archiver/core';
import {
  answers,
  functionsOf,
  LambdaRuntime,
  LocalAws,
  type LogsServer,
  type SynthesizedFunction,
  serveLogs,
} from '@log-archiver/local-aws';
import { synthesizeSample } from '../synthesize';

interface Bundle {
  /** All of it is read at every cold start, which is billed. */
  readonly mostBytes: number;
  payload(aws: LocalAws, bucketName: string): object;
  readonly answer: object;
  /** What the payload has otherwise, and what AWS answers. */
  readonly failures: { name: string; payload: object; task?: object; exportTasks?: object[] }[];
}

/** Long ago on this machine's clock, which the bundle reads here. */
const SCHEDULED = '2024-11-01T18:00:00Z';
const TARGET = { logGroupName: '/shop/orders', s3Prefix: 'shop/orders' };
const FROM = Date.parse('2024-09-30T15:00:00.000Z');
const TO = Date.parse('2024-10-31T14:59:59.999Z');
const ITEM: ArchiveItem = {
  ...TARGET,
  period: '2024-10',
  ...{ periodFrom: FROM, periodTo: TO, from: FROM, to: TO },
  destinationPrefix: '2024/10/shop/orders',
  ...{ adoptAfter: null, retentionInDays: 180, daysLost: null },
  ...{ force: false, attempt: 1, part: null, slotDeadline: TO },
};
const TASK = { logGroupName: ITEM.logGroupName, destinationPrefix: ITEM.destinationPrefix };

function runIn(s3BucketName: string): RunContext {
  return {
    parameters: {
      ...{ account: '123456789012', region: 'ap-northeast-1', s3BucketName, keyPrefix: '' },
      ...{ timeZone: 'Asia/Tokyo', frequency: 'MONTHLY', settleHours: 24, lookback: 3, archiver: 'here' },
    },
    execution: {
      id: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:run',
      name: 'run',
      startedAt: SCHEDULED,
      stateMachineArn: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver',
    },
  };
}

/** By the names of their packages. */
const BUNDLES: Record<string, Bundle> = {
  'plan-archive': {
    mostBytes: 470_000,
    payload({ logs }, s3BucketName) {
      // Two years are more than the others retain.
      logs.logGroups.create({ logGroupName: '/kept' }, FROM - 1);
      const request = { period: '2024-10' };
      const logGroups = [{ logGroupName: '/kept', s3Prefix: null }];
      return {
        ...runIn(s3BucketName),
        ...{ request, logGroups, selectors: [], ownLogGroupNames: [], page: 0, outcomes: [] },
      };
    },
    answer: { next: 'ARCHIVE', number: 1, items: [{ logGroupName: '/kept', s3Prefix: 'kept', from: FROM, to: TO }] },
    failures: [{ name: 'InvalidArchiveRequest', payload: { request: { perod: '2024-10' } } }],
  },
  'export-log-to-s3': {
    mostBytes: 180_000,
    payload: (_, s3BucketName) => ({ item: ITEM, s3BucketName }),
    answer: { ...TASK, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    failures: [
      { name: 'LogGroupNotFound', payload: { item: { ...ITEM, logGroupName: '/none' } } },
      { name: 'InvalidParameterException', payload: { s3BucketName: 'none' } },
      { name: 'InvalidArchiveRequest', payload: { item: { ...ITEM, period: null } } },
    ],
  },
  'check-export-task': {
    mostBytes: 180_000,
    payload({ logs }, s3BucketName) {
      logs.exportTasks.arrange(ITEM.logGroupName, { pendingSeconds: 0, runningSeconds: 0 });
      const { taskId } = logs.exportTasks.create({ ...ITEM, destination: s3BucketName });
      return { ...TASK, s3BucketName, taskId };
    },
    answer: { ...TASK, status: 'COMPLETED', createdAt: Date.parse(SCHEDULED), completedAt: Date.parse(SCHEDULED) },
    failures: [
      ...['PENDING', 'RUNNING', 'PENDING_CANCEL', 'FAILED', 'CANCELLED'].map((name) => ({
        name,
        payload: { taskId: 'the-task' },
        exportTasks: [
          { taskId: 'the-task', status: { code: name }, executionInfo: { creationTime: FROM, completionTime: FROM } },
        ],
      })),
      { name: 'ExportTaskNotFound', payload: { taskId: 'no-task' } },
      { name: 'InvalidArchiveRequest', payload: { taskId: '' } },
    ],
  },
  'record-archive': {
    mostBytes: 360_000,
    payload({ logs, files }, s3BucketName) {
      const stream = { logGroupName: ITEM.logGroupName, logStreamName: 'stream' };
      logs.call('CreateLogStream', stream);
      logs.call('PutLogEvents', { ...stream, logEvents: [{ timestamp: TO, message: 'the last one' }] });
      files.putObject(s3BucketName, `${ITEM.destinationPrefix}/the-task/stream/000000.gz`, 'four');
      const task = { ...TASK, taskId: 'the-task', s3BucketName, status: 'COMPLETED' };
      return { ...runIn(s3BucketName), item: ITEM, task: { ...task, createdAt: TO, completedAt: TO }, progress: null };
    },
    answer: { isDone: true, progress: { objects: 1, bytes: 4 }, leftover: null },
    failures: [
      { name: 'ArchiveEmpty', payload: {}, task: { taskId: 'empty' } },
      { name: 'InvalidArchiveRequest', payload: {}, task: { taskId: '' } },
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

function withFailure(payload: object, failure: Omit<Bundle['failures'][number], 'name'>): object {
  const { task } = payload as { task?: object };
  return { ...payload, ...failure.payload, ...(task && { task: { ...task, ...failure.task } }) };
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
    await expect(lambda.invoke(withFailure(payload, failure))).rejects.toMatchObject({
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
