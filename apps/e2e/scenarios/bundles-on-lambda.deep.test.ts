import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveItem, RunContext } from '@log-archiver/core';
import {
  answers,
  LambdaRuntime,
  LocalAws,
  type LogsServer,
  readFunctions,
  type SynthesizedFunction,
  serveLogs,
} from '@log-archiver/local-aws';
import { synthesizeSample } from '../synthesize';

interface Bundle {
  /** Maximum size. Every cold start reads the whole bundle, and is billed. */
  readonly maxBytes: number;
  payload(aws: LocalAws, bucketName: string): object;
  readonly answer: object;
  /** Invalid payloads and answers of AWS, each with the error name that the function must throw. */
  readonly failures: { name: string; payload: object; task?: object; exportTasks?: object[] }[];
}

/** In the past of this machine's clock, which the bundle reads here. */
const SCHEDULED = '2024-11-01T18:00:00Z';
const TARGET = { logGroupName: '/shop/orders', s3Prefix: 'shop/orders' };
const FROM = Date.parse('2024-09-30T15:00:00.000Z');
const TO = Date.parse('2024-10-31T14:59:59.999Z');
const ITEM: ArchiveItem = {
  ...TARGET,
  period: '2024-10',
  ...{ periodFrom: FROM, periodTo: TO, from: FROM, to: TO },
  previousPeriod: { name: '2024-09', from: 0, to: FROM - 1 },
  destinationPrefix: '2024/10/shop/orders',
  taskName: 'log-archiver 2024-10 /shop/orders',
  adoptAfter: null,
  logGroup: {
    ...{ logGroupClass: 'STANDARD', createdAt: FROM, retentionInDays: 180, removedBefore: null },
    ...{ deletionProtectionEnabled: false, dataProtectionStatus: null },
  },
  losses: [],
  ...{ force: false, attempt: 1, part: null, slotDeadline: TO },
};
const EXECUTION = 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:run';
const TASK = {
  ...{ logGroupName: ITEM.logGroupName, period: ITEM.period, destinationPrefix: ITEM.destinationPrefix },
  execution: EXECUTION,
};

function createRunContext(s3BucketName: string): RunContext {
  return {
    parameters: {
      ...{ account: '123456789012', region: 'ap-northeast-1', s3BucketName, keyPrefix: '' },
      ...{ timeZone: 'Asia/Tokyo', frequency: 'MONTHLY', settleHours: 24, lookback: 3, archiver: 'here' },
    },
    execution: {
      id: EXECUTION,
      name: 'run',
      startedAt: SCHEDULED,
      stateMachineArn: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver',
    },
  };
}

/** Bundles by the name of their package. */
const BUNDLES: Record<string, Bundle> = {
  'plan-archive': {
    maxBytes: 530_000,
    payload({ logs }, s3BucketName) {
      // The sample's log groups retain less than the two years since then.
      logs.logGroups.create({ logGroupName: '/kept' }, FROM - 1);
      const input = { period: '2024-10' };
      const logGroups = [{ logGroupName: '/kept', s3Prefix: null }];
      return {
        ...createRunContext(s3BucketName),
        ...{ input, logGroups, selectors: [], ownLogGroupNames: [], page: 0, outcomes: [] },
      };
    },
    answer: { next: 'ARCHIVE', number: 1, items: [{ logGroupName: '/kept', s3Prefix: 'kept', from: FROM, to: TO }] },
    failures: [{ name: 'InvalidArchiveRequest', payload: { input: { perod: '2024-10' } } }],
  },
  'export-log-to-s3': {
    maxBytes: 200_000,
    payload: (_, s3BucketName) => ({ item: ITEM, s3BucketName, execution: EXECUTION }),
    answer: { ...TASK, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    failures: [
      { name: 'LogGroupNotFound', payload: { item: { ...ITEM, logGroupName: '/none' } } },
      { name: 'InvalidArchiveRequest', payload: { item: { ...ITEM, period: null } } },
    ],
  },
  'check-export-task': {
    maxBytes: 200_000,
    payload({ logs }, s3BucketName) {
      logs.exportTasks.script(ITEM.logGroupName, { pendingSeconds: 0, runningSeconds: 0 });
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
    maxBytes: 395_000,
    payload({ logs }, s3BucketName) {
      const stream = { logGroupName: ITEM.logGroupName, logStreamName: 'stream' };
      logs.call('CreateLogStream', stream);
      logs.call('PutLogEvents', { ...stream, logEvents: [{ timestamp: TO, message: 'the last one' }] });
      logs.exportTasks.script(ITEM.logGroupName, { pendingSeconds: 0, runningSeconds: 0 });
      const { taskName, destinationPrefix } = ITEM;
      const range = { logGroupName: ITEM.logGroupName, from: FROM, to: TO + 1 };
      const created = logs.exportTasks.create({ ...range, taskName, destination: s3BucketName, destinationPrefix });
      const task = { ...TASK, taskId: created.taskId, s3BucketName, status: 'COMPLETED' };
      return {
        ...createRunContext(s3BucketName),
        item: ITEM,
        task: { ...task, createdAt: TO, completedAt: TO },
        progress: null,
      };
    },
    // The bucket keeps the receipt of the test before.
    answer: { status: 'ARCHIVED', error: null },
    failures: [
      { name: 'ExportTaskMismatch', payload: { item: { ...ITEM, taskName: 'another' } } },
      { name: 'ExportTaskNotFound', payload: {}, task: { taskId: 'no-task' } },
      { name: 'InvalidArchiveRequest', payload: {}, task: { taskId: '' } },
    ],
  },
};

const stack = synthesizeSample({});
const functions = readFunctions(stack).map((fn) => ({ ...fn, name: fn.description.replace('LogArchiver: ', '') }));

const directory = mkdtempSync(join(tmpdir(), 'bundles-on-lambda-'));
let aws: LocalAws;
let server: LogsServer;
let lambda: LambdaRuntime;

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the function as the template defines it, on an AWS at the end of October. Returns its payload. */
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
    ARCHIVE_BUCKET_NAME: String(bucketNames[0]),
    ARCHIVE_ACCOUNT: aws.accountId,
  };
  lambda = await LambdaRuntime.start({ ...fn, environment }, aws.clock);
  return { payload: payload(aws, String(bucketNames[0])), definition: stateMachine.definition };
}

function withFailure(payload: object, failure: Omit<Bundle['failures'][number], 'name'>): object {
  const { task } = payload as { task?: object };
  return { ...payload, ...failure.payload, ...(task && { task: { ...task, ...failure.task } }) };
}

/** Makes AWS never answer the next call. Resolves when the call has arrived. */
function withholdNextAnswer(): Promise<void> {
  return new Promise((called) => {
    const silence = () => {
      called();
      return new Promise<never>(() => {});
    };
    aws.faults.inject(silence, { on: 'FIRST_CALL' });
  });
}

function listMatchedErrors(definition: object): Set<string> {
  const names: string[] = [];
  JSON.stringify(definition, (key, value) => {
    names.push(...(key === 'ErrorEquals' ? value : []));
    return value;
  });
  return new Set(names);
}

it('tries the bundle of every function of the stack', () => {
  expect(functions.map(({ name }) => name).sort()).toEqual(Object.keys(BUNDLES).sort());
});

it.each(functions)('finds a small bundle $name that exports a handler and its factory', ({ name, taskRoot }) => {
  const path = join(taskRoot, 'index.js');
  expect(Object.keys(require(path))).toEqual(['createHandler', 'handler']);
  expect(statSync(path).size).toBeLessThanOrEqual(BUNDLES[name]?.maxBytes ?? 0);
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

  it.each(bundle.failures)('fails with $name, which the state machine matches', async ({ name, ...failure }) => {
    const { payload, definition } = await start(fn, bundle);
    if (failure.exportTasks) {
      aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: failure.exportTasks }));
    }
    await expect(lambda.invoke(withFailure(payload, failure))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`{"errorType":"${name}","errorMessage":"`),
    });
    expect(listMatchedErrors(definition)).toContain(name);
  });

  it(`times out after ${fn.timeoutSeconds} s, not before, and answers again in a new process`, async () => {
    const { payload } = await start(fn, bundle);
    const called = withholdNextAnswer();
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
