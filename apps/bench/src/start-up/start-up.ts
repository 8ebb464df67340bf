import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAws, readFunctions, serveLogs } from '@log-archiver/local-aws';
import { buildSync } from 'esbuild';
import { BUCKET_NAME, createEnvironment, createRunContext } from '../function-process';
import { describeMachine } from '../machine';
import { synthesizeArchiver } from '../ours';
import { formatNumber, formatTable } from '../table';
import { measureStartUp, type StartUp, type Subject } from './measure-process';

const RUNS = 15;
const SDK_V2 = 'aws-sdk@2.1693.0';
const SDK_V3 = '@aws-sdk/client-cloudwatch-logs';
/** In the past of this machine's clock, which the bundles read. */
const NOW = '2024-11-02T03:00:00Z';
const [FROM, TO] = [Date.parse('2024-10-01T00:00:00Z'), Date.parse('2024-10-31T23:59:59.999Z')];
const LOG_GROUP = '/bench/one';

/** Formats the start of each bundle, and of other ways to load the SDK. Needs the network, for version 2 of the SDK. */
export async function measureAllStartUps(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'log-archiver-start-up-'));
  const aws = createAws();
  const server = await serveLogs({ requestHandler: aws.requestHandler, clock: aws.clock });
  const environment = {
    ...createEnvironment(aws, server.endpoint),
    AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
  };
  // CloudWatch Logs allows five calls a second.
  const passTime = () => aws.clock.moveTo(aws.clock.now() + 1_000);
  try {
    const subjects = { ...listBundles(aws), ...listSdks(folder, server.endpoint) };
    const rows: string[][] = [];
    for (const [name, subject] of Object.entries(subjects)) {
      console.error(`starting: ${name}`);
      rows.push([name, ...formatStartUp(await measureStartUp(subject, environment, RUNS, passTime))]);
    }
    return {
      'start-up': formatTable(['', 'kB loaded', 'load, ms', 'first call, ms', 'both, ms'], rows),
      'start-up-machine': describeMachine(),
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function formatStartUp({ bytes, loadMs, firstCallMs }: StartUp): string[] {
  return [bytes / 1_000, loadMs, firstCallMs, loadMs + firstCallMs].map((value) => formatNumber(value));
}

/** Creates an account with a log group, whose export of October 2024 has completed. */
function createAws(): LocalAws {
  const aws = new LocalAws({ now: NOW });
  aws.buckets.createBucket(BUCKET_NAME);
  aws.logs.logGroups.create({ logGroupName: LOG_GROUP }, FROM - 1);
  return aws;
}

/** Lists the bundles by their names, each with the payload of a first invocation. */
function listBundles(aws: LocalAws): Record<string, Subject> {
  const payloads: Record<string, object> = createPayloads(aws);
  return Object.fromEntries(
    readFunctions(synthesizeArchiver()).map(({ description, taskRoot }) => {
      const name = description.replace('LogArchiver: ', '');
      const call = `await loaded.handler(${JSON.stringify(payloads[name])});`;
      return [`\`${name}\``, { path: join(taskRoot, 'index.js'), call }];
    }),
  );
}

function createPayloads(aws: LocalAws): Record<string, object> {
  const run = createRunContext(aws, NOW);
  const item = {
    ...{ logGroupName: LOG_GROUP, s3Prefix: 'one', period: '2024-10', destinationPrefix: '2024/10/one' },
    ...{
      periodFrom: FROM,
      periodTo: TO,
      from: FROM,
      to: TO,
      previousPeriod: { name: '2024-09', from: 0, to: FROM - 1 },
    },
    ...{ taskName: 'log-archiver 2024-10 one', adoptAfter: null, losses: [], force: false, attempt: 1, part: null },
    slotDeadline: TO,
    logGroup: {
      ...{ logGroupClass: 'STANDARD', createdAt: FROM, retentionInDays: null, removedBefore: null },
      ...{ deletionProtectionEnabled: false, dataProtectionStatus: null },
    },
  };
  aws.logs.exportTasks.script(LOG_GROUP, { pendingSeconds: 0, runningSeconds: 0 });
  const { taskId } = aws.logs.exportTasks.create({
    ...{ logGroupName: LOG_GROUP, from: FROM, to: TO + 1, taskName: item.taskName },
    ...{ destination: BUCKET_NAME, destinationPrefix: item.destinationPrefix },
  });
  const task = {
    ...{ logGroupName: LOG_GROUP, period: item.period, destinationPrefix: item.destinationPrefix, taskId },
    ...{ s3BucketName: BUCKET_NAME, execution: run.execution.id },
  };
  const logGroups = [{ logGroupName: LOG_GROUP, s3Prefix: 'one' }];
  return {
    'plan-archive': {
      ...{ ...run, input: { period: '2024-10', dryRun: true }, logGroups },
      ...{ selectors: [], ownLogGroupNames: [], page: 0, outcomes: [] },
    },
    // Adopts the task, and so can be repeated.
    'export-log-to-s3': { item: { ...item, adoptAfter: FROM }, s3BucketName: BUCKET_NAME, execution: run.execution.id },
    'check-export-task': task,
    'record-archive': {
      ...{ ...run, item, progress: null },
      task: { ...task, status: 'COMPLETED', createdAt: Date.parse(NOW), completedAt: Date.parse(NOW) },
    },
  };
}

/** Lists other ways to call DescribeExportTasks, as `check-export-task` does. */
function listSdks(folder: string, endpoint: string): Record<string, Subject> {
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, SDK_V2], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const v3 = require.resolve(SDK_V3);
  const bundle = join(folder, 'bundle.js');
  buildSync({ entryPoints: [v3], outfile: bundle, bundle: true, platform: 'node', logLevel: 'error' });
  const callV3 = `
    const client = new loaded.CloudWatchLogsClient({ maxAttempts: 1 });
    await client.send(new loaded.DescribeExportTasksCommand({ taskId: 'none' }));`;
  const callV2 = `
    const client = new loaded.CloudWatchLogs({ region: process.env.AWS_REGION, endpoint: '${endpoint}', maxRetries: 0 });
    await client.describeExportTasks({ taskId: 'none' }).promise();`;
  return {
    [`${SDK_V3}, bundled without options`]: { path: bundle, call: callV3 },
    [`${SDK_V3}, not bundled`]: { path: v3, call: callV3 },
    [SDK_V2]: { path: join(folder, 'node_modules', 'aws-sdk'), call: callV2 },
  };
}
