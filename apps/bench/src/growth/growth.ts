import { describeMachine } from '../machine';
import { synthesizeArchiver } from '../ours';
import { formatNumber, formatTable } from '../table';
import { type DailyRun, measureDailyRun } from './daily-run';
import { measurePlan, type PlanGrowth } from './plan';

const PLANNED = [10, 100, 1_000, 10_000, 100_000];
const DAILY = [10, 30, 100];

/** Formats how the planner grows with the number of log groups. */
export async function measurePlans(): Promise<Record<string, string>> {
  const synthesized = synthesizeArchiver();
  const plans: PlanGrowth[] = [];
  for (const logGroups of PLANNED) {
    console.error(`planning: ${logGroups} log groups`);
    plans.push(await measurePlan(synthesized, logGroups));
  }
  return { plan: formatPlans(plans), 'plan-machine': describeMachine() };
}

/** Formats how a run with nothing to do grows with the number of log groups. */
export async function measureDailyRuns(): Promise<Record<string, string>> {
  const synthesized = synthesizeArchiver();
  const runs: DailyRun[] = [];
  for (const logGroups of DAILY) {
    console.error(`running: ${logGroups} log groups × 36 months`);
    runs.push(await measureDailyRun(synthesized, logGroups));
  }
  return { 'daily-run': formatDailyRuns(runs), 'daily-run-machine': describeMachine() };
}

function formatPlans(plans: readonly PlanGrowth[]): string {
  const rows = plans.map(({ logGroups, calls, cpuSeconds, megabytes, logsCalls, s3Calls }) => [
    ...[logGroups, calls, logsCalls, s3Calls].map((value) => formatNumber(value)),
    ...[formatNumber(cpuSeconds, 1), formatNumber(megabytes)],
  ]);
  const head = [
    'log groups',
    'invocations',
    'calls of CloudWatch Logs',
    'calls of S3',
    'CPU time, s',
    'peak memory, MB',
  ];
  return formatTable(head, rows);
}

function formatDailyRuns(runs: readonly DailyRun[]): string {
  const rows = runs.map(({ logGroups, transitions, logsCalls, s3Calls, cpuSeconds }) => [
    ...[logGroups, transitions, logsCalls, s3Calls].map((value) => formatNumber(value)),
    formatNumber(cpuSeconds, 1),
  ]);
  const head = ['log groups', 'state transitions', 'calls of CloudWatch Logs', 'calls of S3', 'CPU time, s'];
  return formatTable(head, rows);
}
