import { foreignTaskHoldsSlot, LocalAws } from '@log-archiver/local-aws';
import { BUCKET_NAME, FIRST, synthesizeArchiver } from '../../simulation/archivers';

const SECOND_MS = 1_000;
const synthesized = synthesizeArchiver(FIRST, 'MONTHLY');

export interface SlotWorkload {
  /** Seconds for which each export is RUNNING. Each is PENDING for 3 s before. */
  readonly runningSeconds: readonly number[];
  /** Seconds for which a foreign task holds the slot when the run starts. @default 0 */
  readonly heldSeconds?: number;
  /** Milliseconds of a request to AWS, and of its answer. @default 0 */
  readonly latencyMs?: number;
}

export interface SlotUse {
  readonly archived: number;
  /** Share of the time after the foreign task in which an export task was active. */
  readonly use: number;
  /** State transitions per log group, rounded. */
  readonly transitions: number;
  /** Calls of DescribeExportTasks per log group, rounded. */
  readonly polls: number;
}

/** Archives October for one log group per export, and measures the use of the slot from the start to the end of the run. */
export async function measureSlotUse({
  runningSeconds,
  heldSeconds = 0,
  latencyMs = 0,
}: SlotWorkload): Promise<SlotUse> {
  const aws = new LocalAws({ now: '2026-10-01T00:00:00Z', latency: () => latencyMs });
  aws.buckets.createBucket(BUCKET_NAME);
  const { stateMachine } = aws.deploy(synthesized);
  for (const [index, seconds] of runningSeconds.entries()) {
    const logGroupName = `/app/${String(index).padStart(4, '0')}`;
    aws.logs.call('CreateLogGroup', { logGroupName });
    aws.logs.exportTasks.script(logGroupName, { runningSeconds: seconds });
  }
  await aws.clock.moveTo('2026-11-02T00:00:00Z');
  if (heldSeconds > 0) {
    foreignTaskHoldsSlot(aws, heldSeconds);
  }
  const startedAt = aws.clock.now();
  const execution = stateMachine.startExecution({ period: '2026-10' });
  const result = await aws.waitFor(execution);
  if (result.status !== 'SUCCEEDED') {
    throw new Error(JSON.stringify(result));
  }
  const seconds = (aws.clock.now() - startedAt) / SECOND_MS - heldSeconds;
  const usedSeconds = runningSeconds.reduce((sum, running) => sum + running + 3, 0);
  const count = runningSeconds.length;
  return {
    archived: (result.output as { archived: number }).archived,
    use: usedSeconds / seconds,
    transitions: Math.round((10 * execution.stateTransitions) / count) / 10,
    polls: Math.round(
      aws.requestHandler.calls.filter(({ operation }) => operation === 'DescribeExportTasks').length / count,
    ),
  };
}
