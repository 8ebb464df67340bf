import { type Clients, createClients } from '@log-archiver/aws-clients/create-clients';
import {
  EXECUTION,
  LOG_GROUP,
  listOperations,
  OCTOBER_RECEIPT,
  PARAMETERS,
  readJson,
  startLocalAws,
} from '@log-archiver/aws-clients/testing';
import {
  type ArchiveItem,
  type ArchiveOutcome,
  type ArchivePage,
  type ArchiveReceipt,
  type ArchiveReport,
  checkpointKey,
  destinationPrefix,
  logGroupsKey,
  type PeriodStatus,
  type PlanArchiveRequest,
  parsePeriod,
  periodStatusKey,
  type ReceiptTask,
  type RunInput,
  receiptKey,
  runPrefix,
  toIsoTime,
} from '@log-archiver/core';
import { StateMachine } from '@log-archiver/local-aws';
import type { Checkpoint, SeenLogGroup } from '../src/archiver-store';
import { planArchive } from '../src/plan-archive';

const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z');

/** Properties of the log groups that a world creates. */
export const OLD_LOG_GROUP = { ...LOG_GROUP, createdAt: LONG_AGO };

/** Checkpoint of an archiver that has archived everything up to September. */
const CHECKPOINT: Checkpoint = {
  format: 1,
  until: '2026-09-30T14:59:59.999Z',
  ...{ incomplete: [], warnings: [], split: [] },
  execution: 'earlier',
};

/** Request for the first page of a scheduled run over all log groups except the archiver's own. */
export const REQUEST: PlanArchiveRequest = {
  parameters: PARAMETERS,
  execution: EXECUTION,
  input: {},
  logGroups: [],
  selectors: [{ of: { by: 'ALL' }, excluding: [] }],
  ownLogGroupNames: ['/own'],
  page: 0,
  outcomes: [],
};

/** An account on 2 November in Tokyo, and the planner that archives its October. */
export class World {
  public readonly aws = startLocalAws({ logGroupNames: [] });
  /** Pauses before retries, in milliseconds. */
  public readonly waits: number[] = [];
  /** Lines of the function's log. */
  public readonly lines: string[] = [];
  public now: () => number = this.aws.clock.now;
  public readonly clients: Clients = createClients({
    requestHandler: this.aws.requestHandler,
    now: () => this.now(),
    log: (line) => this.lines.push(line),
    wait: async (milliseconds) => {
      this.waits.push(milliseconds);
      await this.aws.clock.moveTo(this.aws.clock.now() + milliseconds);
    },
  });
  private readonly stateMachine: StateMachine;
  /** Execution of the run that was planned last. */
  private execution = EXECUTION;

  constructor(logGroupNames: string[] = []) {
    for (const logGroupName of logGroupNames) {
      this.create(logGroupName);
    }
    const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 20 * 86_400, End: true } } };
    this.stateMachine = new StateMachine(EXECUTION.stateMachineArn, definition, new Map(), this.aws.clock);
    this.aws.stepFunctions.add(this.stateMachine);
  }

  public create(
    logGroupName: string,
    { createdAt = LONG_AGO, retentionInDays = 0, logGroupClass = 'STANDARD', tags = {} } = {},
  ) {
    this.aws.logs.logGroups.create({ logGroupName, logGroupClass: logGroupClass as 'STANDARD', tags }, createdAt);
    if (retentionInDays > 0) {
      this.aws.logs.logGroups.putRetentionPolicy({ logGroupName, retentionInDays });
    }
  }

  public startExecution(name: string, input: object) {
    return this.stateMachine.startExecution(input, undefined, name);
  }

  public plan(changes: Partial<PlanArchiveRequest> = {}): Promise<ArchivePage> {
    return planArchive({ ...REQUEST, ...changes }, this.clients);
  }

  /** Plans all pages of a run. `endItem` returns how the outcome of an item differs from `ARCHIVED`; `undefined`: none. */
  public async run(
    changes: Partial<PlanArchiveRequest> = {},
    endItem: (item: ArchiveItem) => Partial<ArchiveOutcome> | undefined = () => ({}),
  ) {
    this.execution = changes.execution ?? EXECUTION;
    const pages = [await this.plan(changes)];
    for (let last = pages[0]; last?.next === 'ARCHIVE' || last?.next === 'PLAN'; last = pages.at(-1)) {
      const outcomes = last.items.flatMap((item) => {
        const end = endItem(item);
        return end ? [this.outcome(item, end)] : [];
      });
      pages.push(await this.plan({ ...changes, page: last.number, outcomes }));
    }
    return { pages, items: pages.flatMap(({ items }) => items), summary: pages.at(-1)?.summary };
  }

  /** Creates an outcome, and puts the receipt of an archived item. A split item has its receipt with the last part. */
  public outcome(item: ArchiveItem, changes: Partial<ArchiveOutcome> = {}): ArchiveOutcome {
    const outcome = { ...createOutcome(item), ...changes };
    if (outcome.status === 'ARCHIVED' && item.to === item.periodTo) {
      const { losses, force, part } = item;
      const tasks = Array(part === null ? 1 : 2).fill({ taskId: outcome.taskId, objects: 2, bytes: 30 });
      this.putReceipt(item, { losses, tasks }, force ? this.execution.startedAt : null);
    }
    return outcome;
  }

  public putReceipt(
    item: Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period'>,
    changes: Partial<Omit<ArchiveReceipt, 'tasks'>> & { tasks?: Partial<ReceiptTask>[] } = {},
    forcedAt: string | null = null,
  ) {
    const { logGroupName, s3Prefix, period } = item;
    const { from, to } = parsePeriod(period, PARAMETERS.timeZone);
    const range = { from: toIsoTime(from), to: toIsoTime(to) };
    const now = toIsoTime(this.now());
    const { tasks = [{ taskId: `task of ${logGroupName}` }], ...others } = changes;
    const receipt: ArchiveReceipt = {
      ...OCTOBER_RECEIPT,
      ...{ logGroupName, period, ...range, destinationPrefix: destinationPrefix('', period, s3Prefix) },
      tasks: tasks.map((task) => ({ ...(OCTOBER_RECEIPT.tasks[0] as ReceiptTask), ...range, ...task })),
      ...{ startedAt: now, finishedAt: now, execution: this.execution.id, forced: forcedAt !== null },
      ...others,
    };
    this.aws.buckets.putObject('archive', receiptKey(PARAMETERS, item, forcedAt), JSON.stringify(receipt));
  }

  public read<T>(key: string): T {
    return readJson(this.aws, key);
  }

  public readReport(execution = this.execution): ArchiveReport {
    return this.read(`${runPrefix(PARAMETERS, execution)}report.json`);
  }

  public readPeriodStatus(period: string): PeriodStatus {
    return this.read(periodStatusKey(PARAMETERS, 'Archiver', period));
  }

  public readCheckpoint(): Checkpoint {
    return this.read(checkpointKey(PARAMETERS, 'Archiver'));
  }

  public putCheckpoint(changes: Partial<Checkpoint>) {
    const checkpoint = { ...CHECKPOINT, ...changes };
    this.aws.buckets.putObject('archive', checkpointKey(PARAMETERS, 'Archiver'), JSON.stringify(checkpoint));
  }

  public readSeenLogGroups(): SeenLogGroup[] {
    return this.read<{ logGroups: SeenLogGroup[] }>(logGroupsKey(PARAMETERS, 'Archiver')).logGroups;
  }

  public putSeenLogGroups(logGroups: SeenLogGroup[]) {
    this.aws.buckets.putObject('archive', logGroupsKey(PARAMETERS, 'Archiver'), JSON.stringify({ logGroups }));
  }

  /** Reads the metrics of the last run. */
  public readMetrics(): Record<string, unknown> | undefined {
    const { _aws, StateMachine, ...metrics } = JSON.parse(this.lines.at(-1) ?? '{}');
    return _aws && metrics;
  }

  /** Lists the keys of the run's own objects, without their common prefix. */
  public listFiles(): string[] {
    const prefix = runPrefix(PARAMETERS, EXECUTION);
    return this.aws.buckets.listObjects('archive', prefix).map((key) => key.slice(prefix.length));
  }

  public listOperations(): string[] {
    return listOperations(this.aws);
  }
}

/** Creates the outcome of an archived item. */
export function createOutcome(item: ArchiveItem): ArchiveOutcome {
  const { logGroupName, period, from, to, destinationPrefix } = item;
  const taskId = `task of ${logGroupName}`;
  return {
    ...{ logGroupName, period, from, to, status: 'ARCHIVED', error: null, cause: null },
    ...{ taskId, destinationPrefix, leftover: null },
  };
}

/** Matches an `InvalidArchiveRequest` with exactly this message, for `toThrow`. */
export function invalidRequest(message: string): Error {
  return expect.objectContaining({ name: 'InvalidArchiveRequest', message });
}

/** Changes of a request to a run with this input, which may be invalid. */
export function withInput(input: RunInput | object): Partial<PlanArchiveRequest> {
  return { input: input as RunInput };
}
