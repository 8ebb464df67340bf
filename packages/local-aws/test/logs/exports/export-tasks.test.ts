import { gunzipSync } from 'node:zlib';
import {
  CancelExportTaskCommand,
  CreateExportTaskCommand,
  type CreateExportTaskCommandInput,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeExportTasksCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { closeServers, NOW, servedLocalAws } from '../../served-local-aws';

afterEach(closeServers);

const FROM = Date.parse('2026-10-31T00:00:00.000Z');
const TO = Date.parse('2026-10-31T23:59:59.999Z');
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

async function withLogGroup(...events: [logStreamName: string, instant: string][]) {
  const { aws, client } = await servedLocalAws();
  aws.logs.logGroups.create({ logGroupName: '/shop' }, FROM);
  for (const [logStreamName, instant] of events) {
    const logEvents = [{ timestamp: Date.parse(instant), message: `line 1\nline 2 of ${instant}` }];
    await client.send(new CreateLogStreamCommand({ logGroupName: '/shop', logStreamName }));
    await client.send(new PutLogEventsCommand({ logGroupName: '/shop', logStreamName, logEvents }));
  }
  const create = (input: Partial<CreateExportTaskCommandInput> = {}) =>
    client.send(
      new CreateExportTaskCommand({ logGroupName: '/shop', from: FROM, to: TO, destination: 'archive', ...input }),
    );
  const describe = async (taskId?: string) =>
    (await client.send(new DescribeExportTasksCommand({ taskId }))).exportTasks ?? [];
  const after = async (seconds: number) => aws.clock.moveTo(aws.clock.now() + seconds * 1_000);
  return { aws, client, create, describe, after };
}

describe('an export task', () => {
  it.each([
    ['EVENT_TIME', []],
    ['INGESTION_TIME', ['exportedlogs/TASK/new/000000.gz']],
  ] as const)('selects events by %s', async (exportedBy, objects) => {
    const { aws, create, describe, after } = await withLogGroup(['new', '2026-10-31T12:00:00Z']);
    aws.logs.exportTasks.exportedBy = exportedBy;
    const { taskId = '' } = await create({ from: Date.parse(NOW) - 1_000, to: Date.parse(NOW) + 1_000 });
    await after(60);
    await describe();
    const keys = aws.buckets.listObjects('archive', 'exportedlogs').map((key) => key.replace(taskId, 'TASK'));
    expect(keys).toEqual(objects);
  });

  it.each([
    [0, 0, 1],
    [12, 12 * 3_600 - 1, 0],
    [12, 12 * 3_600, 1],
  ])('exports an event %p hours after its ingestion: after %p s, %p objects', async (hours, seconds, count) => {
    const { aws, create, describe, after } = await withLogGroup(['new', '2026-10-31T12:00:00Z']);
    aws.logs.exportTasks.exportableAfterHours = hours;
    await after(seconds);
    const { taskId = '' } = await create();
    await after(60);
    await describe();
    expect(aws.buckets.listObjects('archive', `exportedlogs/${taskId}`)).toHaveLength(count);
  });

  it('writes to the folder that a test sets', async () => {
    const { aws, create, describe, after } = await withLogGroup(['a.b', '2026-10-31T12:00:00Z']);
    aws.logs.exportTasks.formatFolder = (name) => name.replaceAll('.', '_');
    const { taskId = '' } = await create();
    await after(60);
    await describe();
    expect(aws.buckets.listObjects('archive', `exportedlogs/${taskId}`)).toEqual([
      `exportedlogs/${taskId}/a_b/000000.gz`,
    ]);
  });

  it('is PENDING after its creation, without message, completion time and name', async () => {
    const { create, describe } = await withLogGroup();
    const { taskId } = await create();
    expect(await describe(taskId)).toEqual([
      {
        taskId,
        logGroupName: '/shop',
        from: FROM,
        to: TO,
        destination: 'archive',
        destinationPrefix: 'exportedlogs',
        status: { code: 'PENDING' },
        executionInfo: { creationTime: Date.parse(NOW) },
      },
    ]);
  });

  it('has the given name and prefix', async () => {
    const { create, describe } = await withLogGroup();
    const named = { taskName: 'October', destinationPrefix: '2026/10/shop' };
    const { taskId } = await create(named);
    expect(await describe(taskId)).toMatchObject([named]);
  });

  it.each([
    [2.999, 'PENDING'],
    [3, 'RUNNING'],
    [22.999, 'RUNNING'],
    [23, 'COMPLETED'],
  ])('has, %s s after its creation, status %s', async (seconds, code) => {
    const { create, describe, after } = await withLogGroup();
    const { taskId } = await create();
    await after(seconds);
    expect((await describe(taskId))[0]?.status?.code).toBe(code);
  });

  it('fails after 24 hours', async () => {
    const { aws, create, describe, after } = await withLogGroup();
    aws.logs.exportTasks.script('/shop', { runningSeconds: 100 * 3_600 });
    const { taskId } = await create();
    await after(24 * 3_600 - 1);
    expect((await describe(taskId))[0]?.status?.code).toBe('RUNNING');
    await after(1);
    expect((await describe(taskId))[0]?.status?.code).toBe('FAILED');
  });

  it.each(['FAILED', 'CANCELLED', 'RUNNING'] as const)(
    'has, if its script says so, status %s after 24 hours',
    async (after24Hours) => {
      const { aws, create, describe, after } = await withLogGroup();
      aws.logs.exportTasks.script('/shop', { runningSeconds: 25 * 3_600, after24Hours });
      const { taskId } = await create();
      await after(24 * 3_600 - 1);
      expect((await describe(taskId))[0]?.status?.code).toBe('RUNNING');
      await after(1);
      expect((await describe(taskId))[0]?.status?.code).toBe(after24Hours);
      await after(30 * 24 * 3_600);
      expect((await describe(taskId))[0]?.status?.code).toBe(after24Hours);
    },
  );

  it('can be cancelled when it runs for ever, and occupies the slot until then', async () => {
    const { aws, client, create, describe, after } = await withLogGroup();
    aws.logs.exportTasks.script('/shop', { runningSeconds: 25 * 3_600, after24Hours: 'RUNNING' });
    const { taskId } = await create();
    await after(48 * 3_600);
    await expect(create()).rejects.toMatchObject({ name: 'LimitExceededException' });
    await client.send(new CancelExportTaskCommand({ taskId }));
    expect((await describe(taskId))[0]?.status).toEqual({ code: 'PENDING_CANCEL' });
    await after(2);
    expect((await describe(taskId))[0]?.status).toEqual({ code: 'CANCELLED' });
    await expect(create()).resolves.toHaveProperty('taskId');
  });

  it.each<[leavesOut: 'ALL' | string[], written: string[]]>([
    ['ALL', []],
    [['a', 'c'], ['b']],
  ])('leaves out the log streams %j although it is COMPLETED, if its script says so', async (leavesOut, written) => {
    const instant = '2026-10-31T12:00:00.000Z';
    const { aws, create, describe, after } = await withLogGroup(['a', instant], ['b', instant], ['c', instant]);
    aws.logs.exportTasks.script('/shop', { leavesOut });
    const { taskId } = await create();
    await after(23);
    expect((await describe(taskId))[0]?.status).toEqual({ code: 'COMPLETED', message: 'Completed successfully' });
    expect(aws.buckets.listObjects('archive', `exportedlogs/${taskId}/`)).toEqual(
      written.map((name) => `exportedlogs/${taskId}/${name}/000000.gz`),
    );
  });

  it.each<[overwrites: boolean, messages: string[]]>([
    [true, ['2026-10-31T13:00:00.000Z']],
    [false, ['2026-10-31T12:00:00.000Z', '2026-10-31T13:00:00.000Z']],
  ])('overwrites (%s) the objects of log streams that share a folder', async (overwrites, instants) => {
    const { aws, create, describe, after } = await withLogGroup(
      ['web/1', '2026-10-31T12:00:00.000Z'],
      ['web-1', '2026-10-31T13:00:00.000Z'],
    );
    aws.logs.exportTasks.overwritesInSharedFolders = overwrites;
    const { taskId } = await create();
    await after(23);
    await describe();
    const keys = aws.buckets.listObjects('archive', `exportedlogs/${taskId}/`);
    expect(keys).toEqual(instants.map((_, index) => `exportedlogs/${taskId}/web-1/00000${index}.gz`));
    expect(keys.map((key) => gunzipSync(aws.buckets.getObject('archive', key)).toString().slice(0, 24))).toEqual(
      instants,
    );
  });

  it('fails if the key of an object is longer than 1,024 bytes', async () => {
    const { create, describe, after } = await withLogGroup(['あ'.repeat(400), '2026-10-31T12:00:00.000Z']);
    const { taskId } = await create();
    await after(23);
    expect((await describe(taskId))[0]?.status).toEqual({ code: 'FAILED', message: 'Your key is too long' });
  });

  it('writes the events of its range (inclusive), one folder per log stream, and a test object', async () => {
    const { aws, create, describe, after } = await withLogGroup(
      ['a', '2026-10-30T23:59:59.999Z'],
      ['b/[$LATEST]x', '2026-10-31T00:00:00.000Z'],
      ['c', '2026-10-31T23:59:59.999Z'],
      ['d', '2026-11-01T00:00:00.000Z'],
    );
    const { taskId } = await create({ destinationPrefix: 'p/q' });
    expect(aws.buckets.listObjects('archive')).toEqual(['p/q/aws-logs-write-test']);
    expect(aws.buckets.getObject('archive', 'p/q/aws-logs-write-test').toString()).toBe('Permission Check Successful');
    await after(23);
    await describe();
    expect(aws.buckets.listObjects('archive', `p/q/${taskId}/`)).toEqual([
      `p/q/${taskId}/b-[$LATEST]x/000000.gz`,
      `p/q/${taskId}/c/000000.gz`,
    ]);
    expect(gunzipSync(aws.buckets.getObject('archive', `p/q/${taskId}/c/000000.gz`)).toString()).toBe(
      '2026-10-31T23:59:59.999Z line 1\nline 2 of 2026-10-31T23:59:59.999Z\n',
    );
  });

  it.each([
    ['FAILED', { ends: 'FAILED' as const }, 23],
    ['CANCELLED', { ends: 'CANCELLED' as const }, 23],
    ['FAILED', { pendingSeconds: 0, runningSeconds: 48 * 3_600 }, 24 * 3_600],
  ])('keeps the events written so far when it ends early with status %s: %j', async (code, script, seconds) => {
    const { aws, create, describe, after } = await withLogGroup(
      ['a', '2026-10-31T11:59:59.999Z'],
      ['b', '2026-10-31T12:00:00.000Z'],
    );
    aws.logs.exportTasks.script('/shop', script);
    const { taskId } = await create();
    await after(seconds);
    expect((await describe())[0]?.status?.code).toBe(code);
    const folder = `exportedlogs/${taskId}/`;
    expect(aws.buckets.listObjects('archive', folder)).toEqual([`${folder}a/000000.gz`]);
  });

  it.each([
    [1, []],
    [13, ['a']],
  ])(
    'keeps the events written so far when it is cancelled %s s after its creation',
    async (seconds, logStreamNames) => {
      const { aws, client, create, describe, after } = await withLogGroup(
        ['a', '2026-10-31T11:00:00.000Z'],
        ['b', '2026-10-31T15:00:00.000Z'],
      );
      const { taskId } = await create();
      await after(seconds);
      await client.send(new CancelExportTaskCommand({ taskId }));
      await after(2);
      expect((await describe())[0]?.status?.code).toBe('CANCELLED');
      const keys = logStreamNames.map((name) => `exportedlogs/${taskId}/${name}/000000.gz`);
      expect(aws.buckets.listObjects('archive', `exportedlogs/${taskId}/`)).toEqual(keys);
    },
  );

  it('occupies the only slot until it has ended', async () => {
    const { create, after } = await withLogGroup();
    await create();
    const busy = { name: 'LimitExceededException', message: 'Resource limit exceeded.' };
    await expect(create()).rejects.toMatchObject(busy);
    await after(22.999);
    await expect(create()).rejects.toMatchObject(busy);
    await after(0.001);
    await expect(create()).resolves.toHaveProperty('taskId');
  });

  it('can be cancelled while it is PENDING, and writes nothing', async () => {
    const { aws, client, create, describe, after } = await withLogGroup(['a', '2026-10-31T12:00:00.000Z']);
    const { taskId } = await create();
    await client.send(new CancelExportTaskCommand({ taskId }));
    expect((await describe(taskId))[0]?.status?.code).toBe('PENDING_CANCEL');
    await after(60);
    expect((await describe(taskId))[0]?.status?.code).toBe('CANCELLED');
    expect(aws.buckets.listObjects('archive')).toEqual(['aws-logs-write-test']);
  });

  it.each(['COMPLETED', 'FAILED', 'CANCELLED'] as const)('cannot be cancelled with status %s', async (code) => {
    const { aws, client, create, describe, after } = await withLogGroup();
    aws.logs.exportTasks.script('/shop', { ends: code === 'FAILED' ? 'FAILED' : 'COMPLETED' });
    const { taskId } = await create();
    const cancel = () => client.send(new CancelExportTaskCommand({ taskId }));
    if (code === 'CANCELLED') {
      await cancel();
    }
    await after(23);
    await expect(cancel()).rejects.toMatchObject({
      name: 'InvalidOperationException',
      message: 'The specified export task has already finished',
      $metadata: { httpStatusCode: 400 },
    });
    expect((await describe(taskId))[0]?.status?.code).toBe(code);
  });

  it.each([
    [{ logGroupName: '/none' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [
      { destination: 'none' },
      'InvalidParameterException',
      'The given bucket does not exist. Please make sure the bucket is valid.',
    ],
  ])('is rejected for %j with %s', async (input, name, message) => {
    const { create } = await withLogGroup();
    await expect(create(input)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
  });

  it('is omitted by DescribeExportTasks and rejected by CancelExportTask if its id is unknown', async () => {
    const { client, describe } = await withLogGroup();
    expect(await describe(UNKNOWN_ID)).toEqual([]);
    await expect(client.send(new CancelExportTaskCommand({ taskId: UNKNOWN_ID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified export task does not exist.',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('the range of an export task', () => {
  const DAY = 24 * 3_600_000;
  const refused = {
    name: 'InvalidParameterException',
    message:
      'Please make sure the values are within the retention period of the log groups and from value is lesser than the to value',
  };

  it('is accepted in seconds for a new log group, and exports only the test object', async () => {
    const { aws, create, describe, after } = await withLogGroup(['a', '2026-10-31T12:00:00.000Z']);
    const { taskId } = await create({ from: FROM / 1_000, to: Math.floor(TO / 1_000) });
    await after(23);
    expect((await describe(taskId))[0]?.status?.code).toBe('COMPLETED');
    expect(aws.buckets.listObjects('archive')).toEqual(['aws-logs-write-test']);
  });

  it.each([
    ['ends before the log group was created', { from: FROM - DAY, to: FROM - 1 }],
    ['is backwards', { from: TO, to: FROM }],
  ])('is rejected if it %s', async (_, range) => {
    const { create } = await withLogGroup();
    await expect(create(range)).rejects.toMatchObject(refused);
  });

  it('is rejected if it has expired completely', async () => {
    const { aws, client, create } = await withLogGroup();
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    await aws.clock.moveTo(TO + DAY);
    await expect(create()).resolves.toHaveProperty('taskId');
    await aws.clock.moveTo(TO + DAY + 60_000);
    await expect(create()).rejects.toMatchObject(refused);
    await expect(create({ from: 0, to: 1 })).rejects.toMatchObject(refused);
  });

  it('is rejected if it has expired partly and refusesPartlyExpired is set', async () => {
    const { aws, client, create } = await withLogGroup();
    aws.logs.exportTasks.refusesPartlyExpired = true;
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    const retained = Date.parse(NOW) - DAY;
    await expect(create({ from: retained - 1, to: TO })).rejects.toMatchObject(refused);
    await expect(create({ from: retained, to: TO })).resolves.toHaveProperty('taskId');
  });

  it('is accepted if only an earlier, shorter retention has removed its start', async () => {
    const { aws, client, create } = await withLogGroup();
    aws.logs.exportTasks.refusesPartlyExpired = true;
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 30 }));
    await expect(create({ from: Date.parse(NOW) - 2 * DAY, to: TO })).resolves.toHaveProperty('taskId');
  });

  it('excludes expired events', async () => {
    const { aws, client, create, after } = await withLogGroup(
      ['early', '2026-10-31T00:00:00.000Z'],
      ['late', '2026-10-31T23:00:00.000Z'],
    );
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 1 }));
    const { taskId } = await create();
    await after(23);
    await client.send(new DescribeExportTasksCommand({}));
    expect(aws.buckets.listObjects('archive', `exportedlogs/${taskId}/`)).toEqual([
      `exportedlogs/${taskId}/late/000000.gz`,
    ]);
  });
});

describe('a log group', () => {
  it.each([
    ['INFREQUENT_ACCESS', 'COMPLETED'],
    ['STANDARD', 'COMPLETED'],
  ] as const)('is exported if its class is %s', async (logGroupClass, code) => {
    const { client, create, describe, after } = await withLogGroup();
    await client.send(new CreateLogGroupCommand({ logGroupName: '/other', logGroupClass }));
    await create({ logGroupName: '/other', to: Date.parse(NOW) });
    await after(23);
    expect((await describe())[0]?.status?.code).toBe(code);
  });

  it.each(['DELIVERY', 'ESSENTIALS'] as const)(
    'is not exported if its class %s is in classesNotExported',
    async (logGroupClass) => {
      const { aws, client, create } = await withLogGroup();
      aws.logs.exportTasks.classesNotExported.add('ESSENTIALS');
      await client.send(new CreateLogGroupCommand({ logGroupName: '/other', logGroupClass }));
      await expect(create({ logGroupName: '/other' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    },
  );

  it('fails its export if it is deleted while the task runs', async () => {
    const { client, create, describe, after } = await withLogGroup();
    await create();
    await client.send(new DeleteLogGroupCommand({ logGroupName: '/shop' }));
    await after(23);
    expect((await describe())[0]?.status?.code).toBe('FAILED');
  });

  it('fails its export if it is deleted and created again while the task runs', async () => {
    const { client, create, describe, after } = await withLogGroup();
    await create();
    await client.send(new DeleteLogGroupCommand({ logGroupName: '/shop' }));
    await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
    await after(23);
    expect((await describe())[0]?.status).toEqual({
      code: 'FAILED',
      message: 'The specified log group does not exist.',
    });
  });
});

describe('DescribeExportTasks', () => {
  it('filters by status', async () => {
    const { create, client, after } = await withLogGroup();
    const { taskId } = await create();
    await after(23);
    await create();
    const { exportTasks } = await client.send(new DescribeExportTasksCommand({ statusCode: 'COMPLETED' }));
    expect(exportTasks?.map((task) => task.taskId)).toEqual([taskId]);
  });

  it('returns the newest first, in pages of 50', async () => {
    const { client, create, after } = await withLogGroup();
    const created: (string | undefined)[] = [];
    for (let number = 0; number < 51; number += 1) {
      created.unshift((await create({ taskName: `number ${number}` })).taskId);
      await after(23);
    }
    const first = await client.send(new DescribeExportTasksCommand({}));
    const second = await client.send(new DescribeExportTasksCommand({ nextToken: first.nextToken }));
    expect(first.exportTasks?.map(({ taskId }) => taskId)).toEqual(created.slice(0, 50));
    expect(second.exportTasks?.map(({ taskId }) => taskId)).toEqual(created.slice(50));
    expect(second.nextToken).toBeUndefined();
  });
});
