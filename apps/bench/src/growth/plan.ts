import { join } from 'node:path';
import { LocalAws, readFunctions, type SynthesizedStack, serveLogs } from '@log-archiver/local-aws';
import { BUCKET_NAME, createEnvironment, createRunContext, runScript } from '../function-process';

const NOW = '2026-11-22T00:00:00Z';
const PERIOD = '2026-10';
const NAME_LENGTH = 60;

/** Script of a process that loads the bundle, plans page by page to the end, and prints the result. */
const PLANNER = `
  const { createHandler } = require(process.argv[1]);
  const request = JSON.parse(process.argv[2]);
  const handler = createHandler({ now: () => Date.parse('${NOW}') });
  (async () => {
    let [page, calls] = [{ number: 0 }, 0];
    do {
      page = await handler({ ...request, page: page.number });
      calls += 1;
    } while (['ARCHIVE', 'PLAN'].includes(page.next));
    const { user, system } = process.cpuUsage();
    const megabytes = process.resourceUsage().maxRSS / 1024;
    const { exports } = page.summary.plan;
    process.stderr.write(JSON.stringify({ calls, exports, cpuSeconds: (user + system) / 1e6, megabytes }));
  })();
`;

/** A plan of one month, in a process of its own. */
export interface PlanGrowth {
  readonly logGroups: number;
  /** Invocations of the planner. */
  readonly calls: number;
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly megabytes: number;
  readonly logsCalls: number;
  readonly s3Calls: number;
}

/** Numbers that the process of a planner measures itself. */
type MeasuredPlan = Pick<PlanGrowth, 'calls' | 'cpuSeconds' | 'megabytes'> & { readonly exports: number };

/** Plans the export of a month of these log groups, without exports. */
export async function measurePlan(synthesized: SynthesizedStack, logGroups: number): Promise<PlanGrowth> {
  const aws = new LocalAws({ now: `${PERIOD}-01T00:00:00Z` });
  aws.buckets.createBucket(BUCKET_NAME);
  for (let index = 0; index < logGroups; index += 1) {
    aws.logs.call('CreateLogGroup', { logGroupName: `/app/${String(index).padStart(NAME_LENGTH - 5, '0')}` });
  }
  await aws.clock.moveTo(NOW);
  const server = await serveLogs(aws);
  const planner = readFunctions(synthesized).find(({ description }) => description.endsWith('plan-archive'));
  const request = {
    ...createRunContext(aws, NOW),
    ...{ input: { period: PERIOD, dryRun: true }, logGroups: [], outcomes: [], ownLogGroupNames: [] },
    selectors: [{ of: { by: 'ALL' }, excluding: [] }],
  };
  const args = [join(String(planner?.taskRoot), 'index.js'), JSON.stringify(request)];
  const environment = createEnvironment(aws, server.endpoint);
  const { exports, ...measured } = await runScript<MeasuredPlan>('the planner', PLANNER, args, environment).finally(
    () => server.close(),
  );
  if (exports !== logGroups) {
    throw new Error(`the planner must plan ${logGroups} exports, got ${exports}`);
  }
  const isS3 = ({ operation }: { operation: string }) => /Object/.test(operation);
  const s3Calls = aws.requestHandler.calls.filter(isS3).length;
  return { logGroups, ...measured, logsCalls: aws.requestHandler.calls.length - s3Calls, s3Calls };
}
