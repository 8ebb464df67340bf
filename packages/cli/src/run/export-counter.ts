import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  type MapRunListItem,
  paginateListExecutions,
  paginateListMapRuns,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { readSlotWait } from './read-slot-wait';

/** Number and total duration of the finished exports of an execution, and the export in progress. */
export interface ExportCount {
  readonly done: number;
  readonly doneMs: number;
  readonly current?: CurrentExport;
}

export interface CurrentExport {
  readonly logGroupName: string;
  readonly period: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Message about the task that holds the export slot. @default - the export does not wait for the slot */
  readonly slotWait?: string;
}

const PAGE_SIZE = 1_000;

/** Counts the exports of an execution: each is a child execution of a Map run. */
export class ExportCounter {
  /** Counts of the Map runs that have ended, by ARN. */
  private readonly ended = new Map<string, ExportCount>();
  private current?: { readonly arn: string; readonly export: CurrentExport };

  constructor(
    private readonly sfn: SFNClient,
    private readonly executionArn: string,
  ) {}

  public async read(): Promise<ExportCount> {
    let [done, doneMs] = [0, 0];
    let current: CurrentExport | undefined;
    const pages = paginateListMapRuns({ client: this.sfn, pageSize: PAGE_SIZE }, { executionArn: this.executionArn });
    for await (const { mapRuns = [] } of pages) {
      for (const mapRun of mapRuns) {
        const count = await this.readMapRun(mapRun);
        done += count.done;
        doneMs += count.doneMs;
        current ??= count.current;
      }
    }
    return { done, doneMs, current };
  }

  private async readMapRun({ mapRunArn = '', stopDate }: MapRunListItem): Promise<ExportCount> {
    const known = this.ended.get(mapRunArn);
    if (known) {
      return known;
    }
    const children: ExecutionListItem[] = [];
    for await (const { executions = [] } of paginateListExecutions({ client: this.sfn }, { mapRunArn })) {
      children.push(...executions);
    }
    const ended = children.filter((child) => child.stopDate !== undefined);
    const running = children.find(({ status }) => status === 'RUNNING');
    const count = {
      done: ended.length,
      doneMs: ended.reduce((sum, { startDate, stopDate: end }) => sum + (Number(end) - Number(startDate)), 0),
      current: running && (await this.readCurrent(running)),
    };
    // The list is eventually consistent: a child execution can still be RUNNING in it.
    if (stopDate !== undefined && running === undefined) {
      this.ended.set(mapRunArn, count);
    }
    return count;
  }

  /** Reads the item of a child execution, once, and whether it waits for the export slot. */
  private async readCurrent({ executionArn: arn = '', startDate }: ExecutionListItem): Promise<CurrentExport> {
    if (this.current?.arn !== arn) {
      const { input = '{}' } = await this.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
      const { logGroupName = '', period = '' } = Object(JSON.parse(input).item);
      this.current = { arn, export: { logGroupName, period, startedAt: Number(startDate) } };
    }
    return { ...this.current.export, slotWait: await readSlotWait(this.sfn, arn) };
  }
}
