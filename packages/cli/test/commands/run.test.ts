import { accessDenied, cutSocket, refuses, StateMachine, serveLogs } from '@log-archiver/local-aws';
import type { Context } from '../../src/context';
import { LOG_GROUPS, TestArchiver } from '../archiver';
import { runCli } from '../run-cli';
import { Terminal } from '../terminal';

/** Runs a command, and replaces names that differ in each test. */
async function cli(
  { aws, stateMachineArn, wait }: TestArchiver,
  command: string,
  args: string[] = [],
  overrides: Partial<Context> = {},
) {
  const result = await runCli([command, '--state-machine', stateMachineArn, ...args], aws, { wait, ...overrides });
  return { ...result, stdout: simplify(result.stdout), stderr: simplify(result.stderr) };
}

function simplify(text: string): string {
  return text
    .replaceAll(/arn:aws:states:\S*:execution:[\w:-]*/g, 'EXECUTION')
    .replaceAll(/s3:\S*\/report\.json/g, 'REPORT');
}

/** Starts an export task that no archiver started. Returns its ID. */
function startForeignTask({ aws, stack }: TestArchiver): string {
  const [destination = ''] = stack.bucketNames;
  const range = { from: Date.parse('2026-10-01T00:00:00Z'), to: aws.clock.now() };
  const { taskId } = aws.logs.exportTasks.create({ logGroupName: '/shop/payments', ...range, destination });
  return taskId;
}

const OCTOBER = ['--period', '2026-10'];
const PLAN_NOTE = `started a dry run: EXECUTION
3 exports planned for 2026-10, duration unknown (no receipt shows one)
90 bytes stored in their log groups, about 24 state transitions
started a run: EXECUTION
`;

describe('plan', () => {
  test('prints the estimate, and exports nothing', async () => {
    const archiver = await TestArchiver.create();
    expect(await cli(archiver, 'plan', OCTOBER)).toEqual({
      exitCode: 0,
      stdout: `\
3 exports planned for 2026-10, duration unknown (no receipt shows one)
90 bytes stored in their log groups, about 24 state transitions
0 already archived, 0 skipped, 0 would fail, 0 lost
report: REPORT
`,
      stderr: 'started a dry run: EXECUTION\n',
    });
    expect(archiver.inputs).toEqual([{ period: '2026-10', dryRun: true }]);
    expect(archiver.aws.logs.exportTasks.describe({}).exportTasks).toEqual([]);
  });

  test('names losses, warnings and the export time', async () => {
    const archiver = await TestArchiver.create();
    await cli(archiver, 'run', OCTOBER);
    const { logs } = archiver.aws;
    logs.call('PutRetentionPolicy', { logGroupName: '/shop/cart', retentionInDays: 1 });
    const { exitCode, stdout } = await cli(archiver, 'plan', ['--from', '2026-10-30', '--to', '2026-10-31']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`\
2 exports planned for 2026-10-30 to 2026-10-31, about 1 min of export time
60 bytes stored in their log groups, about 19 state transitions
0 already archived, 3 skipped, 0 would fail, 1 lost
/shop/cart: LOST (RetentionExpired): 2026-10-17T12:00:00.000Z to 2026-10-31T23:59:59.999Z
forecast: a day of logs takes 0.001 hours of export time, of 24
warning: RetentionTooShort: events are kept for 1 day, but need to be kept for 34 days until their export; with the archive of 2026-11, those from 2026-11-01T00:00:00.000Z to 2026-11-30T23:59:59.999Z are lost: /shop/cart
report: REPORT
`);
    expect(archiver.inputs.at(-1)).toEqual({ period: '2026-10-30/2026-10-31', dryRun: true });
  });

  test('fails if an export would fail', async () => {
    const archiver = await TestArchiver.create();
    const args = ['--log-group', '/shop/cart=shop', '--log-group', '/shop/orders=shop'];
    const { exitCode, stdout } = await cli(archiver, 'plan', [...OCTOBER, ...args]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`\
0 exports planned for 2026-10
0 already archived, 0 skipped, 2 would fail, 0 lost
2026-10 /shop/cart: FAILED (DestinationClash): s3Prefix must be different for each log group, got "shop" for /shop/cart, /shop/orders
2026-10 /shop/orders: FAILED (DestinationClash): s3Prefix must be different for each log group, got "shop" for /shop/cart, /shop/orders
report: REPORT
`);
  });

  test('prints the planner’s error', async () => {
    const archiver = await TestArchiver.create();
    expect(await cli(archiver, 'plan', ['--period', '2027-01'])).toEqual({
      exitCode: 1,
      stdout:
        'FAILED with InvalidArchiveRequest: period must have ended, got "2027-01"; 2027-01 ends at 2027-01-31T23:59:59.999Z\n',
      stderr: 'started a dry run: EXECUTION\n',
    });
  });

  test('prints JSON', async () => {
    const { exitCode, stdout } = await cli(await TestArchiver.create(), 'plan', [...OCTOBER, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ executionArn: expect.any(String), status: 'SUCCEEDED', error: null, cause: null },
      ...{ startDate: '2026-11-02T03:00:00.000Z', stopDate: expect.any(String) },
      output: { status: 'DRY_RUN', plan: { exports: 3, exportHours: null } },
    });
  });
});

describe('run', () => {
  test('plans, follows the exports, and prints the summary', async () => {
    const archiver = await TestArchiver.create();
    expect(await cli(archiver, 'run', OCTOBER)).toEqual({
      exitCode: 0,
      stdout: `\
COMPLETE: 3 archived, 0 skipped, 0 failed, 0 lost
forecast: a day of logs takes 0.001 hours of export time, of 24
report: REPORT
`,
      stderr: `${PLAN_NOTE}\
0 of 3 exports done, now 2026-10 /shop/cart
1 of 3 exports done, about 1 min left, now 2026-10 /shop/orders
2 of 3 exports done, about 1 min left, now 2026-10 /shop/payments
`,
    });
    expect(archiver.inputs).toEqual([{ period: '2026-10', dryRun: true }, { period: '2026-10' }]);
  });

  test('passes log groups, their prefixes and force on', async () => {
    const archiver = await TestArchiver.create();
    const args = ['--log-group', '/shop/cart', '--log-group', '/shop/orders=orders', '--force'];
    expect(await cli(archiver, 'run', [...OCTOBER, ...args])).toMatchObject({ exitCode: 0 });
    expect(archiver.inputs.at(-1)).toEqual({
      period: '2026-10',
      logGroups: [
        { logGroupName: '/shop/cart', s3Prefix: null },
        { logGroupName: '/shop/orders', s3Prefix: 'orders' },
      ],
      force: true,
    });
  });

  test('estimates the time left from the measured durations', async () => {
    const archiver = await TestArchiver.create();
    for (const logGroupName of LOG_GROUPS) {
      archiver.aws.logs.exportTasks.script(logGroupName, { runningSeconds: 180 });
    }
    const { stderr } = await cli(archiver, 'run', OCTOBER);
    expect(stderr).toMatch(/^1 of 3 exports done, about 7 min left, now 2026-10 \/shop\/orders$/m);
    expect(stderr).toMatch(/^2 of 3 exports done, about 4 min left, now 2026-10 \/shop\/payments$/m);
  });

  test('names the task that holds the export slot while the run waits', async () => {
    const archiver = await TestArchiver.create();
    const { logs } = archiver.aws;
    logs.exportTasks.script('/shop/payments', { runningSeconds: 300 });
    const taskId = startForeignTask(archiver);
    const { exitCode, stderr } = await cli(archiver, 'run', [...OCTOBER, '--log-group', '/shop/cart']);
    expect(exitCode).toBe(0);
    const lines = stderr.split('\n').filter((line) => line.includes('exports done'));
    const holder = `task ${taskId} of log group /shop/payments`;
    expect(lines).toEqual([
      // ExportLogToS3 polls for 50 s before it throws the holder.
      '0 of 1 exports done, now 2026-10 /shop/cart',
      `0 of 1 exports done, 2026-10 /shop/cart waits: the export slot is held by ${holder}, status RUNNING`,
      '0 of 1 exports done, now 2026-10 /shop/cart',
    ]);
  });

  test('prints what failed, with AWS’s message', async () => {
    const archiver = await TestArchiver.create();
    archiver.aws.faults.inject(refuses('InvalidParameterException', 'GetBucketAcl call\nfailed'), {
      of: 'CreateExportTask',
    });
    const { exitCode, stdout } = await cli(archiver, 'run', [...OCTOBER, '--log-group', '/shop/cart']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`\
FAILED with ArchiveIncomplete: 1 of 1 log groups × periods have status FAILED
2026-10 /shop/cart: FAILED (InvalidParameterException): GetBucketAcl call failed
report: REPORT
what to do: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete
`);
  });

  test('prints what is lost', async () => {
    const archiver = await TestArchiver.create();
    archiver.aws.logs.call('PutRetentionPolicy', { logGroupName: '/shop/cart', retentionInDays: 1 });
    const { exitCode, stdout } = await cli(archiver, 'run', OCTOBER);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`\
FAILED with ArchiveLoss: 1 new loss
/shop/cart: LOST (RetentionExpired): 2026-10-17T12:00:00.000Z to 2026-10-31T23:59:59.999Z
report: REPORT
what to do: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveloss
`);
  });

  test('does not start a run if the dry run fails', async () => {
    const archiver = await TestArchiver.create();
    const { exitCode, stderr } = await cli(archiver, 'run', ['--period', '2027-01']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('started a dry run: EXECUTION\nthe dry run did not succeed, so the run was not started\n');
    expect(archiver.inputs).toEqual([{ period: '2027-01', dryRun: true }]);
  });

  test('has the exit code 1 if another run is active', async () => {
    const archiver = await TestArchiver.create();
    archiver.stack.stateMachine.startExecution({});
    expect(await cli(archiver, 'run')).toMatchObject({
      exitCode: 1,
      stdout: 'nothing was archived: another run was active: EXECUTION\n',
    });
  });

  test('prints that the execution was stopped', async () => {
    const archiver = await TestArchiver.create();
    const wait = async (milliseconds: number) => {
      await archiver.wait(milliseconds);
      archiver.stack.stateMachine.executions[1]?.stop('Operator', 'not today');
    };
    expect(await cli(archiver, 'run', OCTOBER, { wait })).toMatchObject({
      exitCode: 1,
      stdout: 'ABORTED with Operator: not today\n',
    });
  });

  test('prints JSON', async () => {
    const { exitCode, stdout } = await cli(await TestArchiver.create(), 'run', [...OCTOBER, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED', output: { status: 'COMPLETE', archived: 3 } });
  });

  test('shows one line of progress on a terminal', async () => {
    const stderr = new Terminal();
    const archiver = await TestArchiver.create();
    expect(await cli(archiver, 'run', OCTOBER, { stderr })).toMatchObject({ exitCode: 0 });
    expect(stderr.written).toContain(' 0 of 3 exports done');
    expect(stderr.written).not.toContain('\u001b[?');
    expect(simplify(stderr.written).split('\n')).toHaveLength(PLAN_NOTE.split('\n').length);
  });

  test.each(['ListMapRuns', 'GetExecutionHistory'])('follows without progress if only %s is denied', async (action) => {
    const archiver = await TestArchiver.create();
    archiver.aws.faults.injectNext(action, accessDenied);
    const { exitCode, stderr } = await cli(archiver, 'run', OCTOBER);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      `\nno progress is shown: access denied: the credentials do not allow states:${action} on EXECUTION`,
    );
    expect(stderr).not.toContain('exports done');
  });

  test('follows an execution that AWS does not show yet', async () => {
    const archiver = await TestArchiver.create();
    archiver.aws.faults.injectNext('DescribeExecution', refuses('ExecutionDoesNotExist', 'Execution Does Not Exist'));
    expect(await cli(archiver, 'run', OCTOBER)).toMatchObject({ exitCode: 0 });
  });

  test('follows on after a broken connection', async () => {
    const archiver = await TestArchiver.create();
    const [start, minute] = [archiver.aws.clock.now() + 20_000, 60_000];
    for (const of of ['DescribeExecution', 'ListMapRuns']) {
      archiver.aws.faults.inject(cutSocket, { of, from: start, until: start + minute / 2 });
    }
    const { exitCode, stderr } = await cli(archiver, 'run', OCTOBER);
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('no progress');
  });

  test('does not start a run of a state machine that is no archiver', async () => {
    const { aws, wait } = await TestArchiver.create();
    const stateMachineArn = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Other';
    const definition = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
    const stateMachine = new StateMachine(stateMachineArn, definition, new Map(), aws.clock);
    aws.stepFunctions.add(stateMachine);
    expect(await runCli(['run', '--state-machine', stateMachineArn], aws, { wait })).toMatchObject({
      exitCode: 1,
      stdout: 'SUCCEEDED without the summary of a run; check that --state-machine names an archiver\n',
    });
    expect(stateMachine.executions).toHaveLength(1);
  });

  test('prints how to go on if it cannot follow', async () => {
    const archiver = await TestArchiver.create();
    archiver.aws.faults.inject(refuses('ExpiredTokenException', 'The security token has expired'), {
      of: 'DescribeExecution',
      from: archiver.aws.clock.now() + 20_000,
    });
    const { exitCode, stdout, stderr } = await cli(archiver, 'run', OCTOBER);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(-5)).toEqual([
      'detached; the execution continues: EXECUTION',
      'to follow: aws stepfunctions describe-execution --execution-arn EXECUTION --region ap-northeast-1',
      'to stop: aws stepfunctions stop-execution --execution-arn EXECUTION --region ap-northeast-1',
      'error: AWS rejected the credentials with ExpiredTokenException: The security token has expired',
      '',
    ]);
  });
});

describe('backfill', () => {
  test('starts one execution for the range, over HTTP', async () => {
    const archiver = await TestArchiver.create();
    const server = await serveLogs(archiver.aws);
    const args = ['--from', '2026-09', '--to', '2026-10', '--endpoint-url', server.endpoint];
    const clientConfig = { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    try {
      const { exitCode, stdout, stderr } = await cli(archiver, 'backfill', args, { clientConfig });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stdout).toMatch(/^COMPLETE: 3 archived, 3 skipped, 0 failed, 0 lost$/m);
    } finally {
      await server.close();
    }
    const period = '2026-09/2026-10';
    expect(archiver.inputs).toEqual([{ period, dryRun: true }, { period }]);
  });
});

describe('an error of Step Functions', () => {
  test.each([
    [
      'denies an action without naming it',
      refuses('AccessDeniedException', 'no'),
      'access denied: the credentials do not allow states:StartExecution on STATE_MACHINE',
    ],
    [
      'names the denied action',
      refuses(
        'AccessDeniedException',
        'User: arn:aws:iam::123456789012:user/a is not authorized to perform: states:StartExecution on resource: ' +
          'arn:aws:states:ap-northeast-1:123456789012:stateMachine:A because no identity-based policy allows the states:StartExecution action',
      ),
      'access denied: the credentials do not allow states:StartExecution on arn:aws:states:ap-northeast-1:123456789012:stateMachine:A',
    ],
    [
      'rejects the credentials',
      refuses('UnrecognizedClientException', 'The security token included in the request is invalid.'),
      'AWS rejected the credentials with UnrecognizedClientException: The security token included in the request is invalid.',
    ],
    [
      'has another name',
      refuses('StateMachineDeleting', 'State Machine Deleting'),
      'StartExecution failed with StateMachineDeleting: State Machine Deleting',
    ],
  ])('that %s is one line', async (_, fault, message) => {
    const archiver = await TestArchiver.create();
    archiver.aws.faults.inject(fault);
    const stderr = `error: ${message.replace('STATE_MACHINE', archiver.stateMachineArn)}\n`;
    expect(await cli(archiver, 'run', OCTOBER)).toEqual({ exitCode: 2, stdout: '', stderr });
  });

  test('names the state machine that does not exist', async () => {
    const archiver = await TestArchiver.create();
    const arn = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:unknown';
    expect(await runCli(['run', '--state-machine', arn], archiver.aws)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: --state-machine must be an existing state machine, got "${arn}"\n`,
    });
  });

  test('names missing credentials', async () => {
    const { clientConfig } = new TestArchiver().aws;
    const credentials = () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    const arn = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:A';
    const result = await runCli(['run', '--state-machine', arn], undefined, {
      clientConfig: { ...clientConfig, credentials },
    });
    expect(result).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: no AWS credentials: none; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass --profile\n',
    });
  });
});
