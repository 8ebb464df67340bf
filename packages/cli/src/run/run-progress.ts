import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DryRunEstimate } from '@log-archiver/core';
import { SingleBar } from 'cli-progress';
import { AwsCallError, isTemporary } from '../aws/aws-call-error';
import { describeAwsError } from '../aws/describe-aws-error';
import type { Context } from '../context';
import { hideControls, note } from '../output';
import { BAR_OPTIONS, isTerminal } from '../progress';
import type { Progress } from './execute';
import { type CurrentExport, type ExportCount, ExportCounter } from './export-counter';

/** Estimate that a run is compared with. */
export type Estimate = Pick<DryRunEstimate, 'exports' | 'exportHours'>;

const HOUR_MS = 3_600_000;

/** Progress of a run on the standard error: one line on a terminal, otherwise a line per ended export or wait. */
export class RunProgress implements Progress {
  private counter?: ExportCounter;
  private bar?: SingleBar;
  private shown?: string;
  private isStopped = false;

  constructor(
    private readonly sfn: SFNClient,
    private readonly estimate: Estimate,
    private readonly context: Pick<Context, 'stderr' | 'now'>,
  ) {}

  /** Reads and shows the progress. An error ends the progress, not the command. */
  public async update(executionArn: string): Promise<void> {
    if (this.isStopped) {
      return;
    }
    this.counter ??= new ExportCounter(this.sfn, executionArn);
    try {
      this.show(await this.counter.read());
    } catch (error) {
      if (!(error instanceof AwsCallError)) {
        throw error;
      }
      if (isTemporary(error)) {
        return;
      }
      this.stop();
      note(this.context, `no progress is shown: ${describeAwsError(error)}`);
    }
  }

  public stop(): void {
    this.isStopped = true;
    this.bar?.stop();
  }

  private show(count: ExportCount): void {
    const { stderr, now } = this.context;
    const line = formatProgress(count, this.estimate, now());
    if (!isTerminal(stderr)) {
      const step = `${count.done} ${count.current?.slotWait}`;
      if (this.shown !== step && (count.done > 0 || count.current !== undefined)) {
        this.shown = step;
        note(this.context, line);
      }
      return;
    }
    const [total, payload] = [getTotal(count, this.estimate), { line: hideControls(line) }];
    if (this.bar === undefined) {
      this.bar = new SingleBar({ stream: stderr, format: '{bar} {line}', barsize: 20, ...BAR_OPTIONS });
      this.bar.start(total, count.done, payload);
    }
    this.bar.setTotal(total);
    this.bar.update(count.done, payload);
  }
}

/** Returns the number of exports: second attempts and the parts of a split period were not planned. */
function getTotal({ done, current }: ExportCount, { exports }: Estimate): number {
  return Math.max(exports, done + (current === undefined ? 0 : 1));
}

/** Formats progress, such as `3 of 36 exports done, about 2 h 5 min left, now 2026-10 /shop/orders`. */
export function formatProgress(count: ExportCount, estimate: Estimate, now: number): string {
  const { done, current } = count;
  const left = findTimeLeft(count, estimate, now);
  return [
    `${done} of ${getTotal(count, estimate)} exports done`,
    ...(left === undefined ? [] : [`about ${formatDuration(left)} left`]),
    ...(current === undefined ? [] : [formatCurrent(current)]),
  ].join(', ');
}

function formatCurrent({ period, logGroupName, slotWait }: CurrentExport): string {
  const item = `${period} ${logGroupName}`;
  return slotWait === undefined ? `now ${item}` : `${item} waits: ${slotWait}`;
}

/** Returns the milliseconds left, from the measured durations or, before the first export has ended, the estimate. */
function findTimeLeft(count: ExportCount, estimate: Estimate, now: number): number | undefined {
  const { done, doneMs, current } = count;
  const { exports, exportHours } = estimate;
  const planned = exportHours === null || exports === 0 ? undefined : (exportHours * HOUR_MS) / exports;
  const each = done > 0 ? doneMs / done : planned;
  const elapsed = current === undefined ? 0 : now - current.startedAt;
  return each && Math.max(0, each * (getTotal(count, estimate) - done) - Math.min(elapsed, each));
}

/** Formats a duration in its two largest units, in whole minutes and at least one. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
