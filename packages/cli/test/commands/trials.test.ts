import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  accessDenied,
  answersOtherwise,
  foreignTaskHoldsSlot,
  type LocalAws,
  refuses,
  requiresEvaluator,
  type ScriptedExport,
  serveLogs,
} from '@log-archiver/local-aws';
import { handleSignal } from '../../src/signals';
import { arnForm } from '../../src/trials/items/arn-form';
import { callerKey } from '../../src/trials/items/caller-key';
import { encryptionHeaders } from '../../src/trials/items/encryption-headers';
import { lastMillisecond } from '../../src/trials/items/last-millisecond';
import { policySize } from '../../src/trials/items/policy-size';
import { principalPath } from '../../src/trials/items/principal-path';
import { runProgress } from '../../src/trials/items/run-progress';
import { streamOrder } from '../../src/trials/items/stream-order';
import { NOT_TRIED } from '../../src/trials/not-tried';
import { ACCOUNT, REGION } from '../archive';
import { type CliResult, runCli } from '../run-cli';
import { createAccount, listRemains, NOW, passTime, runTrial, withFolder } from '../trials/trial-run';

/** Replaces the random part of the names. */
function simplify({ exitCode, stdout, stderr }: CliResult, folder = 'none'): CliResult {
  const replace = (text: string) =>
    text.replaceAll(/log-archiver-trial-[0-9a-f]{8}/g, 'TRIAL').replaceAll(folder, 'FOLDER');
  return { exitCode, stdout: replace(stdout), stderr: replace(stderr) };
}

/** Runs the command. Returns its output, and the file of results. */
async function trials(aws: LocalAws, ...overrides: Parameters<typeof runCli>[2][]) {
  return withFolder(async (folder) => {
    const out = join(folder, 'results.json');
    const context = { wait: passTime(aws), ...Object.assign({}, ...overrides) };
    const cli = await runCli(['trials', '--yes', '--out', out], aws, context);
    const text = existsSync(out) ? readFileSync(out, 'utf8') : undefined;
    return { ...simplify(cli, folder), text };
  });
}

/** Scripts all exports of the next minutes. */
function scriptExports(aws: LocalAws, script: ScriptedExport, minutes = 600) {
  aws.faults.inject(
    (makeCall) => {
      const [logGroup] = aws.logs.logGroups.all();
      aws.logs.exportTasks.script(logGroup?.logGroupName ?? '', script);
      return makeCall();
    },
    { of: 'CreateExportTask', until: aws.clock.now() + minutes * 60_000 },
  );
}

/** The exports of the next minutes contain no event, as if none were exportable yet. */
function hideEvents(aws: LocalAws, minutes: number) {
  scriptExports(aws, { leavesOut: 'ALL' }, minutes);
}

function countCalls(aws: LocalAws, operation: string): number {
  return aws.requestHandler.calls.filter((call) => call.operation === operation).length;
}

const CREATED = `To be created in account ${ACCOUNT}, Region ${REGION}, and removed at the end:
  log group TRIAL
  log group TRIAL-infrequent-access
  bucket TRIAL
  bucket TRIAL-policy
  IAM role TRIAL-caller
  IAM role TRIAL-states
  state machine TRIAL-children
  state machine TRIAL-nested
  state machine TRIAL-reader
While an export task of a trial runs, other exports of the account and Region wait for the slot.
`;
const REMOVED = 'everything that was created has been removed\n';

requiresEvaluator(describe)('trials', () => {
  test('prints the answers, writes them to a file, and removes everything', async () => {
    const aws = createAccount();
    const { exitCode, stdout, stderr, text = '' } = await trials(aws);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`\
4. ARN form: WITH_SUFFIX (HOLDS)
   the ARN with :* is checked
7. The object key that is checked for the caller of an export: WRITE_TEST (HOLDS)
   permission to write 2000/01/trial-7/aws-logs-write-test is enough
24. The path in \`aws:PrincipalArn\`: WITH_PATH (HOLDS)
   the bucket policy received the ARN of the role with its path
25. Encryption headers of an export: NOT_SENT (HOLDS)
   the export names no KMS key
8. The query: LOG_GROUP (HOLDS)
   GetQueryResults is checked against the log group
`);
    expect(stdout).toContain(`\
5. Slot scope: NOT_TRIED
   it needs a bucket and a log group in a second Region; by hand: start a long export in each of two Regions at once, and see whether the second call is rejected
`);
    expect(stderr.startsWith(`${CREATED}trial 1 of 16: ARN form\n`)).toBe(true);
    expect(stderr).toMatch(
      new RegExp(
        '\\nHOLDS: 16, DOES_NOT_HOLD: 0, INCONCLUSIVE: 0, NOT_TRIED: 20\\n' +
          'FOLDER/results.json has the results, without the account ID; please attach it to an issue: ' +
          `https://github.com/log-archiver/cdk-log-archiver/issues\\n${REMOVED}$`,
      ),
    );
    expect(listRemains(aws)).toEqual([]);
    const { trials: results, ...file } = JSON.parse(text);
    expect(file).toEqual({
      ...{ format: 1, version: '0.0.0', region: REGION, endpointUrl: null },
      ...{ startedAt: NOW, finishedAt: expect.stringMatching(/^2026-11-28T10:\d\d:\d\d\.\d{3}Z$/) },
    });
    expect(results.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: 36 }, (_, index) => index + 1),
    );
    expect(results[0]).toEqual({
      ...{ number: 1, title: 'The last millisecond', status: 'HOLDS', answer: 'INCLUSIVE' },
      note: 'an event at the end of the range is exported',
      evidence: { exportedEvents: ['at the end', 'before'] },
    });
    const [slotScope] = NOT_TRIED;
    expect(results[4]).toEqual({
      ...{ number: 5, title: 'Slot scope', status: 'NOT_TRIED', answer: null },
      ...{ note: `${slotScope?.reason}; by hand: ${slotScope?.byHand}`, evidence: null },
    });
  });

  test('masks the account ID in the file', async () => {
    const { text } = await trials(createAccount());
    expect(text).toContain('arn:aws:sts::000000000000:assumed-role/');
    expect(text).not.toContain(ACCOUNT);
  });

  test('masks the caller in the file', async () => {
    const aws = createAccount();
    const message = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: logs:StartQuery`;
    aws.faults.inject(refuses('AccessDeniedException', message), { of: 'StartQuery' });
    const { text } = await trials(aws);
    expect(text).toContain('User: arn:aws:iam::000000000000:user/masked is not authorized to perform: logs:StartQuery');
  });

  test('runs over HTTP', async () => {
    const aws = createAccount();
    const server = await serveLogs(aws);
    try {
      const result = await withFolder(async (folder) => {
        const out = join(folder, 'results.json');
        const args = ['trials', '--yes', '--out', out, '--region', REGION, '--endpoint-url', server.endpoint];
        const clientConfig = { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
        const cli = await runCli(args, aws, { wait: passTime(aws), clientConfig });
        return { ...cli, endpointUrl: JSON.parse(readFileSync(out, 'utf8')).endpointUrl };
      });
      expect(result.stderr).toContain('\nHOLDS: 16, DOES_NOT_HOLD: 0, INCONCLUSIVE: 0, NOT_TRIED: 20\n');
      expect({ exitCode: result.exitCode, endpointUrl: result.endpointUrl }).toEqual({
        exitCode: 0,
        endpointUrl: server.endpoint,
      });
    } finally {
      await server.close();
    }
  });
});

requiresEvaluator(describe)('a question before the trials', () => {
  const ask = (aws: LocalAws, answer: string) =>
    withFolder(async (folder) => {
      const out = join(folder, 'results.json');
      const stdin = Object.assign(Readable.from([answer]), { isTTY: true });
      const cli = await runCli(['trials', '--out', out], aws, { wait: passTime(aws), stdin });
      return { ...simplify(cli, folder), isWritten: existsSync(out) };
    });

  test.each(['n\n', '\n', 'nyes\n', ''])('creates nothing after %j', async (answer) => {
    const aws = createAccount();
    expect(await ask(aws, answer)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${CREATED}Create them? [y/N] nothing was created\n`,
      isWritten: false,
    });
    expect(aws.requestHandler.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test.each(['y\n', 'Yes\n'])('runs the trials after %j', async (answer) => {
    const { exitCode, stderr, isWritten } = await ask(createAccount(), answer);
    expect({ exitCode, isWritten }).toEqual({ exitCode: 0, isWritten: true });
    expect(stderr).toContain('Create them? [y/N] trial 1 of 16');
  });
});

requiresEvaluator(describe)('events that are not exportable yet', () => {
  test('are inconclusive after the wait', async () => {
    const aws = createAccount();
    hideEvents(aws, 600);
    const { cli, result } = await runTrial(aws, lastMillisecond, 20);
    expect(cli.exitCode).toBe(1);
    expect(result).toMatchObject({
      ...{ status: 'INCONCLUSIVE', answer: null, evidence: { exportedEvents: [] } },
      note: 'the events were not exported in time: CloudWatch Logs may need up to 12 hours; run the command again with --wait 720',
    });
    expect(countCalls(aws, 'CreateExportTask')).toBe(4);
  });

  test('are exported again until they are', async () => {
    const aws = createAccount();
    hideEvents(aws, 7);
    const { result } = await runTrial(aws, lastMillisecond);
    expect(result).toMatchObject({ status: 'HOLDS', answer: 'INCLUSIVE' });
    expect(countCalls(aws, 'CreateExportTask')).toBe(3);
  });
});

requiresEvaluator(describe)('the time of the last event', () => {
  const hideTime = (aws: LocalAws) =>
    aws.faults.inject(
      answersOtherwise(({ logStreams }: { logStreams: { lastEventTimestamp: number }[] }) => ({
        logStreams: logStreams.map((stream) => ({ ...stream, lastEventTimestamp: 1 })),
      })),
      { of: 'DescribeLogStreams', until: aws.clock.now() + 120_000 },
    );

  test('is measured', async () => {
    const aws = createAccount();
    hideTime(aws);
    expect((await runTrial(aws, streamOrder)).result).toMatchObject({
      ...{ status: 'HOLDS', answer: 'WITHIN_ONE_HOUR' },
      note: 'lastEventTimestamp had the event after at most 120 seconds',
    });
  });

  test('is inconclusive if the wait is too short', async () => {
    const aws = createAccount();
    hideTime(aws);
    expect((await runTrial(aws, streamOrder, 1)).result).toMatchObject({
      ...{ status: 'INCONCLUSIVE', answer: null },
      note: 'lastEventTimestamp did not have the event in time; run the command again with --wait 60',
    });
  });
});

requiresEvaluator(describe)('the export slot', () => {
  test('is awaited while a foreign task holds it', async () => {
    const aws = createAccount();
    foreignTaskHoldsSlot(aws, 600);
    const { result } = await runTrial(aws, lastMillisecond);
    expect(result).toMatchObject({ status: 'HOLDS', answer: 'INCLUSIVE' });
    expect(aws.clock.now()).toBeGreaterThan(Date.parse(NOW) + 600_000);
  });

  test('makes a trial inconclusive if it is never free', async () => {
    const aws = createAccount();
    foreignTaskHoldsSlot(aws, 36_000);
    const { result } = await runTrial(aws, lastMillisecond);
    expect(result).toMatchObject({
      ...{ status: 'INCONCLUSIVE', answer: null },
      note: 'CreateExportTask failed with LimitExceededException: Resource limit exceeded.',
      evidence: { error: 'LimitExceededException', message: 'Resource limit exceeded.' },
    });
  });
});

requiresEvaluator(describe)('an export task', () => {
  test('that does not end is cancelled, and makes its trial inconclusive', async () => {
    const aws = createAccount();
    scriptExports(aws, { runningSeconds: 7_200 });
    const { result } = await runTrial(aws, lastMillisecond);
    expect(result).toMatchObject({ status: 'INCONCLUSIVE', note: 'the export task did not end within an hour' });
    expect(aws.logs.exportTasks.describe({}).exportTasks).toMatchObject([{ status: { code: 'PENDING_CANCEL' } }]);
    expect(listRemains(aws)).toEqual([]);
  });

  test('that fails makes its trial inconclusive', async () => {
    const aws = createAccount();
    scriptExports(aws, { ends: 'FAILED' });
    const { result } = await runTrial(aws, lastMillisecond);
    expect(result).toMatchObject({
      ...{ status: 'INCONCLUSIVE', answer: null },
      note: 'the export task ended with FAILED: Internal failure',
    });
  });
});

requiresEvaluator(describe)('a control that fails', () => {
  test.each([
    ['policies of the bucket were denied, whatever their size', policySize, { of: 'PutBucketPolicy' }],
    ['both forms were denied', arnForm, { of: 'CreateExportTask' }],
    ['permission to write the whole bucket was not enough', callerKey, { of: 'CreateExportTask' }],
    ['an export without the condition was denied, too', principalPath, { of: 'CreateExportTask' }],
    ['an export without the condition was denied, too', encryptionHeaders, { of: 'CreateExportTask' }],
    ['both permissions were denied', runProgress, { of: 'ListExecutions' }],
  ])('makes the trial inconclusive: %s', async (note, trial, scope) => {
    const aws = createAccount();
    // The destination gets its policy before.
    aws.faults.injectNext('PutBucketPolicy', (makeCall) => makeCall());
    aws.faults.inject(accessDenied, scope);
    const { result } = await runTrial(aws, trial);
    expect(result).toMatchObject({ status: 'INCONCLUSIVE', answer: null, note });
  });
});

requiresEvaluator(describe)('an error', () => {
  test('of a trial is inconclusive, and the others go on', async () => {
    const aws = createAccount();
    aws.faults.inject(accessDenied, { of: 'PutLogEvents' });
    const { exitCode, stderr } = await trials(aws);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('\nHOLDS: 12, DOES_NOT_HOLD: 0, INCONCLUSIVE: 4, NOT_TRIED: 20\n');
    expect(listRemains(aws)).toEqual([]);
  });

  test('of the credentials ends the command before anything is created', async () => {
    const aws = createAccount();
    aws.faults.inject(refuses('ExpiredToken', 'The security token has expired', 403), { of: 'GetCallerIdentity' });
    const { text, ...cli } = await trials(aws);
    expect(cli).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: AWS rejected the credentials with ExpiredToken: The security token has expired\n',
    });
    expect(text).toBeUndefined();
  });

  test.each([
    ['CreateLogGroup', 'logs:CreateLogGroup on arn:aws:x'],
    ['CreateBucket', 'CreateBucket on arn:aws:s3:::TRIAL: Access Denied'],
    ['CreateRole', 'iam:CreateRole on arn:aws:x'],
    ['CreateStateMachine', 'states:CreateStateMachine on arn:aws:x'],
  ])('of %s removes what was created before', async (operation, denied) => {
    const aws = createAccount();
    const message = `User: x is not authorized to perform: ${denied.replace(' on ', ' on resource: ')}`;
    aws.faults.inject(refuses('AccessDeniedException', message, 403), { of: operation });
    const { text: _, ...cli } = await trials(aws);
    expect(cli).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${CREATED}${REMOVED}error: access denied: the credentials do not allow ${denied}\n`,
    });
    expect(listRemains(aws)).toEqual([]);
  });

  test('of a removal names what remains, and the commands that remove it', async () => {
    const aws = createAccount();
    const message = 'User: x is not authorized to perform: iam:DeleteRole on resource: arn:aws:x';
    aws.faults.inject(refuses('AccessDenied', message, 403), { of: 'DeleteRole' });
    aws.faults.inject(accessDenied, { of: 'DeleteLogGroup', on: 'FIRST_CALL' });
    const { exitCode, stderr } = await trials(aws);
    expect(exitCode).toBe(2);
    const because = '(access denied: the credentials do not allow iam:DeleteRole on arn:aws:x)';
    const remove = (role: string) => `could not remove IAM role TRIAL-${role} ${because}; to remove it:
  aws iam delete-role-policy --role-name TRIAL-${role} --policy-name trial --region ${REGION}
  aws iam delete-role --role-name TRIAL-${role} --region ${REGION}
`;
    expect(stderr).toContain(`${remove('states')}${remove('caller')}`);
    expect(stderr).not.toContain(REMOVED);
    expect(listRemains(aws)).toHaveLength(3);
  });
});

requiresEvaluator(describe)('a signal', () => {
  test('ends the trials, removes everything, and keeps the results so far', async () => {
    const aws = createAccount();
    const pass = passTime(aws);
    let signalled: Promise<void> | undefined;
    const wait = async (milliseconds: number) => {
      await pass(milliseconds);
      if (countCalls(aws, 'CreateExportTask') === 3) {
        signalled ??= handleSignal();
      }
    };
    const { stdout, stderr, text = '' } = await trials(aws, { wait });
    await signalled;
    expect(stdout).toBe('4. ARN form: WITH_SUFFIX (HOLDS)\n   the ARN with :* is checked\n');
    expect(stderr).toBe(
      `${CREATED}trial 1 of 16: ARN form\ntrial 2 of 16: The object key that is checked for the caller of an export\n` +
        `interrupted; removing what was created (a second signal leaves it)\n${REMOVED}`,
    );
    expect(JSON.parse(text)).toMatchObject({ finishedAt: null, trials: [{ number: 4, answer: 'WITH_SUFFIX' }] });
    expect(aws.logs.exportTasks.describe({}).exportTasks.map(({ status }) => status.code)).toEqual([
      'PENDING_CANCEL',
      'COMPLETED',
    ]);
    expect(listRemains(aws)).toEqual([]);
  });
});

requiresEvaluator(describe)('the permissions in the README', () => {
  /** Actions whose names are not those of their operations. */
  const ACTIONS: Record<string, string> = { ListObjectsV2: 's3:ListBucket' };
  /** Calls that the roles of the trials make, and the call that needs no permission. */
  const OTHERS = ['GetCallerIdentity', 'GetQueryResults', 'ListExecutions', 'StartQuery'];

  test('are those of the calls', async () => {
    const aws = createAccount();
    hideEvents(aws, 1);
    await trials(aws);
    const operations = new Set(aws.requestHandler.calls.map(({ operation }) => operation));
    const called = [...operations].filter((operation) => !OTHERS.includes(operation));
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    const [, table = ''] = readme.split('`trials` needs a role or user of IAM');
    const documented = [...table.matchAll(/`((?:logs|s3|iam|sts|states):\w+)`/g)].map(([, action = '']) => action);
    const names = called.map((operation) => ACTIONS[operation] ?? operation);
    const missing = names.filter(
      (name) => !documented.some((action) => action === name || action.endsWith(`:${name}`)),
    );
    expect(missing).toEqual([]);
    // An interrupted command cancels its export task, and AWS checks that the role may be passed.
    const unused = documented.filter((action) => !names.some((name) => action === name || action.endsWith(`:${name}`)));
    expect(unused).toEqual([
      'logs:CancelExportTask',
      'iam:PassRole',
      'logs:StartQuery',
      'logs:GetQueryResults',
      'states:ListExecutions',
    ]);
  });
});
