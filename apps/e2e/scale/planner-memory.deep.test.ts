import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MAX_REPORT_ENTRIES, type PlanArchiveRequest } from '@log-archiver/core';
import { LocalAws, readFunctions, type SynthesizedFunction, serveLogs } from '@log-archiver/local-aws';
import { FIRST, synthesizeArchiver } from '../simulation/archivers';

/** Size of the run. `LOG_GROUPS=10000 MONTHS=25 npx jest planner-memory --testPathIgnorePatterns=/node_modules/` repeats a measurement of docs/scale.md. */
const LOG_GROUPS = Number(process.env.LOG_GROUPS ?? 500);
const MONTHS = Number(process.env.MONTHS ?? 25);
const NOW = '2026-11-22T00:00:00Z';
/** Memory of a process that has not planned anything yet, before garbage collection. */
const IDLE_MEGABYTES = 180;
const FIRST_MONTH = new Date(Date.UTC(2026, 10 - MONTHS, 1)).toISOString().slice(0, 7);

/** Script of a process that loads the bundle, plans page by page to the end, and prints the result. */
const PLANNER = `
  const { createHandler } = require(process.argv[1]);
  const request = JSON.parse(process.argv[2]);
  const handler = createHandler({ now: () => Date.parse('${NOW}') });
  (async () => {
    let page = { number: 0 };
    do {
      page = await handler({ ...request, page: page.number });
    } while (['ARCHIVE', 'PLAN'].includes(page.next));
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(JSON.stringify({ pages: page.number, exports: page.summary.plan.exports, megabytes }));
  })();
`;

async function plan({ taskRoot }: SynthesizedFunction, heapMegabytes: number) {
  const aws = new LocalAws({ now: `${FIRST_MONTH}-01T00:00:00Z` });
  aws.buckets.createBucket('archive');
  for (let index = 0; index < LOG_GROUPS; index += 1) {
    aws.logs.call('CreateLogGroup', { logGroupName: `/app/${String(index).padStart(507, '0')}` });
  }
  await aws.clock.moveTo(NOW);
  const server = await serveLogs(aws);
  const request: Omit<PlanArchiveRequest, 'page'> = {
    parameters: {
      ...{ account: aws.accountId, region: aws.region, s3BucketName: 'archive', keyPrefix: '' },
      ...{ timeZone: 'UTC', frequency: 'MONTHLY', settleHours: 24, lookback: 3, archiver: 'here' },
    },
    execution: { id: 'arn:of:the:run', name: 'run', startedAt: NOW, stateMachineArn: 'arn:of:the:machine' },
    input: { period: `${FIRST_MONTH}/2026-10`, dryRun: true },
    logGroups: [],
    selectors: [{ of: { by: 'ALL' }, excluding: [] }],
    ownLogGroupNames: [],
    outcomes: [],
  };
  const binding = { ARCHIVE_BUCKET_NAME: 'archive', ARCHIVE_ACCOUNT: aws.accountId };
  const env = { ...process.env, ...binding, AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: aws.region };
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, '-e', PLANNER, join(taskRoot, 'index.js'), JSON.stringify(request)],
    {
      env: { ...env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const printed = child.stdout.toArray();
  const [exitCode] = await once(child, 'exit');
  await server.close();
  expect(exitCode).toBe(0);
  // The lines before are the function's log.
  const lines = Buffer.concat(await printed)
    .toString()
    .trim()
    .split('\n');
  return JSON.parse(lines.at(-1) ?? '');
}

it('plans the largest report in the memory of the function', async () => {
  const synthesized = synthesizeArchiver(FIRST, 'MONTHLY');
  const planner = readFunctions(synthesized).find(({ description }) => description.endsWith('plan-archive'));

  // The heap is limited to this run's share of the largest report. Measuring the memory would depend on the machine.
  const share = ((Number(planner?.memoryMegabytes) - IDLE_MEGABYTES) * LOG_GROUPS * MONTHS) / MAX_REPORT_ENTRIES;
  const result = await plan(planner as SynthesizedFunction, Math.round(share));
  if (process.env.LOG_GROUPS) {
    console.log(JSON.stringify(result));
  }
  expect(result.exports).toBe(LOG_GROUPS * MONTHS);
}, 3_600_000);
