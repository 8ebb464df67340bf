import { type Clients, connect } from '@log-archiver/aws-clients/create-clients';
import type {
  ArchiveItem,
  ArchiveOutcome,
  ArchivePage,
  ArchiveParameters,
  ArchiveReport,
  PlanArchiveRequest,
  RunInput,
} from '@log-archiver/core';
import { receiptKey, runPrefix } from '@log-archiver/core';
import { LocalAws, StateMachine } from '@log-archiver/local-aws';
import { planArchive } from '../src/plan-archive';

export const NOW = '2026-11-02T03:00:05.000Z';
export const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z');
const STATE_MACHINE_ARN = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver';

export const PARAMETERS: ArchiveParameters = {
  account: '123456789012',
  region: 'ap-northeast-1',
  s3BucketName: 'archive',
  keyPrefix: '',
  timeZone: 'Asia/Tokyo',
  frequency: 'MONTHLY',
  settleHours: 12,
  lookback: 1,
  archiver: 'cdk-log-archiver 1.2.3',
};

export const EXECUTION = {
  id: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
  name: 'monthly',
  startedAt: '2026-11-02T03:00:01.000Z',
  stateMachineArn: STATE_MACHINE_ARN,
};

/** As `PlanArchive` is asked at the start: for all log groups but the archiver's own. */
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

/** An account on 2 November in Tokyo, and the handler that plans the archive of October. */
export class World {
  public readonly aws = new LocalAws({ now: NOW });
  /** How often the handler waited to ask again. */
  public waits: number[] = [];
  public now: () => number = this.aws.clock.now;
  private readonly stateMachine: StateMachine;
  public readonly services: Clients = connect({
    requestHandler: this.aws.requestHandler,
    now: () => this.now(),
    wait: async (milliseconds) => {
      this.waits.push(milliseconds);
      await this.aws.clock.moveTo(this.aws.clock.now() + milliseconds);
    },
  });

  constructor(logGroupNames: string[] = []) {
    this.aws.files.createBucket('archive');
    for (const logGroupName of logGroupNames) {
      this.create(logGroupName);
    }
    const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 20 * 86_400, End: true } } };
    this.stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, new Map(), this.aws.clock);
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
    return planArchive({ ...REQUEST, ...changes }, this.services);
  }

  /** All pages of a run, each item of which comes to what `outcomeOf` says. */
  public async run(
    changes: Partial<PlanArchiveRequest> = {},
    outcomeOf: (item: ArchiveItem) => Partial<ArchiveOutcome> | undefined = () => ({}),
  ) {
    const pages = [await this.plan(changes)];
    for (let last = pages[0]; last?.next === 'ARCHIVE'; last = pages.at(-1)) {
      const outcomes = last.items.flatMap((item) => {
        const outcome = outcomeOf(item);
        return outcome ? [this.outcome(item, outcome)] : [];
      });
      pages.push(await this.plan({ ...changes, page: last.number, outcomes }));
    }
    return { pages, items: pages.flatMap(({ items }) => items), summary: pages.at(-1)?.summary };
  }

  /** What a child execution answers; an item that is archived has its receipt then, one in parts with the last of them. */
  public outcome(item: ArchiveItem, changes: Partial<ArchiveOutcome> = {}): ArchiveOutcome {
    const { logGroupName, period, from, to, destinationPrefix } = item;
    const taskId = `task of ${logGroupName}`;
    const archived = { status: 'ARCHIVED' as const, error: null, taskId, destinationPrefix, leftover: null };
    const outcome = { logGroupName, period, from, to, ...archived, ...changes };
    if (outcome.status === 'ARCHIVED' && item.to === item.periodTo) {
      this.putReceipt(item);
    }
    return outcome;
  }

  public putReceipt(item: Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period'>, forcedAt: string | null = null) {
    this.aws.files.putObject('archive', receiptKey(PARAMETERS, item as ArchiveItem, forcedAt), '{}');
  }

  public read<T>(key: string): T {
    return JSON.parse(this.aws.files.getObject('archive', key).toString());
  }

  public report(): ArchiveReport {
    return this.read(`${runPrefix(PARAMETERS, EXECUTION)}report.json`);
  }

  /** The keys of the run's own files, without what they all begin with. */
  public files(): string[] {
    const prefix = runPrefix(PARAMETERS, EXECUTION);
    return this.aws.files.listObjects('archive', prefix).map((key) => key.slice(prefix.length));
  }

  /** The operations that were called, in order. */
  public operations(): string[] {
    return this.aws.requestHandler.calls.map(({ operation }) => operation);
  }
}

/** A run with this input. */
export function withInput(request: RunInput | object): Partial<PlanArchiveRequest> {
  return { input: request as RunInput };
}
