import { LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';

const FIRST_PERIOD = '2023-11';
const PERIODS = `${FIRST_PERIOD}/2026-10`;

/** A run that finds everything archived. */
export interface DailyRun {
  readonly logGroups: number;
  readonly transitions: number;
  /** CPU time of the run, with local-aws. */
  readonly cpuSeconds: number;
  readonly logsCalls: number;
  readonly s3Calls: number;
}

/** Archives 36 months of these log groups, and measures the second run after it, which has nothing to do. */
export async function measureDailyRun(synthesized: SynthesizedStack, logGroups: number): Promise<DailyRun> {
  const aws = new LocalAws({ now: `${FIRST_PERIOD}-01T00:00:00Z` });
  const { stateMachine } = aws.deploy(synthesized);
  for (let index = 0; index < logGroups; index += 1) {
    const logGroupName = `/bench/${String(index).padStart(5, '0')}`;
    aws.logs.logGroups.create({ logGroupName });
    // One poll per export: only the second run is measured.
    aws.logs.exportTasks.script(logGroupName, ...Array(36).fill({ pendingSeconds: 0, runningSeconds: 0 }));
  }
  await aws.clock.moveTo('2026-11-02T03:00:00Z');
  const run = async () => {
    const execution = stateMachine.startExecution({ period: PERIODS });
    return { execution, result: await aws.waitFor(execution) };
  };
  // A run archives at most 25,000 log groups and months.
  let { result } = await run();
  while (result.status === 'FAILED' && result.error === 'ArchiveIncomplete') {
    result = (await run()).result;
  }
  // The first run without exports reads each receipt once, and remembers them.
  await run();
  const [before, cpu] = [aws.requestHandler.calls.length, process.cpuUsage()];
  const last = await run();
  const { user, system } = process.cpuUsage(cpu);
  if (last.result.status !== 'SUCCEEDED' || last.execution.childExecutions.length > 0) {
    throw new Error(`the run must have nothing to do, got ${JSON.stringify(last.result)}`);
  }
  const calls = aws.requestHandler.calls.slice(before);
  const s3Calls = calls.filter(({ operation }) => /Object/.test(operation)).length;
  return {
    logGroups,
    transitions: last.execution.stateTransitions,
    cpuSeconds: (user + system) / 1e6,
    logsCalls: calls.filter(({ operation }) => /LogGroups|ExportTask/.test(operation)).length,
    s3Calls,
  };
}
