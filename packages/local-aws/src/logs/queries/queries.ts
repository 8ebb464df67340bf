import { randomUUID } from 'node:crypto';
import { AwsError } from '../../protocol/aws-error';
import { isInRange } from '../range-end';
import { countEventBytes, type LogGroup, type StoredEvent } from '../stores/log-group';
import type { LogGroups } from '../stores/log-groups';
import { parseQueryString, type QueryProgram, type ResultField } from './query-string';

const SECOND_MS = 1_000;

interface StartQueryInput {
  logGroupName?: string;
  logGroupNames?: string[];
  logGroupIdentifiers?: string[];
  /** Seconds since the epoch. */
  startTime: number;
  /** Seconds since the epoch. */
  endTime: number;
  queryString: string;
  limit?: number;
}

/** Script of a query: how long it takes, and how it ends. */
export interface ScriptedQuery {
  /** @default 1 */
  readonly scheduledSeconds?: number;
  /** @default 2 */
  readonly runningSeconds?: number;
  /** @default 'Complete' */
  readonly ends?: 'Complete' | 'Failed';
}

interface Query {
  readonly input: StartQueryInput;
  readonly program: QueryProgram;
  readonly logGroups: LogGroup[];
  readonly runsAt: number;
  readonly endsAt: number;
  readonly ends: 'Complete' | 'Failed';
}

/** Implements StartQuery and GetQueryResults of CloudWatch Logs Insights. */
export class Queries {
  /** Scripts of the next queries, one script per query. Further queries use the default script. */
  public readonly scripts: ScriptedQuery[] = [];
  private readonly byId = new Map<string, Query>();

  constructor(
    private readonly logGroups: LogGroups,
    private readonly now: () => number,
  ) {}

  public start(input: StartQueryInput) {
    const program = parseQueryString(input.queryString);
    const logGroups = this.getLogGroups(input);
    this.validateTimes(input, logGroups);
    const { scheduledSeconds = 1, runningSeconds = 2, ends = 'Complete' } = this.scripts.shift() ?? {};
    const runsAt = this.now() + scheduledSeconds * SECOND_MS;
    const queryId = randomUUID();
    this.byId.set(queryId, { input, program, logGroups, runsAt, endsAt: runsAt + runningSeconds * SECOND_MS, ends });
    return { queryId };
  }

  /** Returns the results, which are empty until the query is complete. */
  public getResults({ queryId }: { queryId: string }) {
    const query = this.byId.get(queryId);
    if (!query) {
      throw new AwsError('ResourceNotFoundException', 'The specified query does not exist.');
    }
    const status = this.computeStatus(query);
    const events = status === 'Complete' ? this.findEvents(query) : [];
    const matches = events.filter(query.program.matches);
    const results: ResultField[][] = query.program.computeRows(matches).slice(0, query.input.limit);
    return {
      queryLanguage: 'CWLI',
      status,
      results,
      statistics: {
        recordsMatched: matches.length,
        recordsScanned: events.length,
        bytesScanned: events.reduce((sum, event) => sum + countEventBytes(event), 0),
      },
    };
  }

  /** Returns the names of the log groups that a query reads. */
  public listLogGroupNames(queryId: string): string[] {
    return this.byId.get(queryId)?.logGroups.map(({ logGroupName }) => logGroupName) ?? [];
  }

  private computeStatus({ runsAt, endsAt, ends }: Query): 'Scheduled' | 'Running' | 'Complete' | 'Failed' {
    if (this.now() < runsAt) {
      return 'Scheduled';
    }
    return this.now() < endsAt ? 'Running' : ends;
  }

  /** Returns the events that the query found when it ended, oldest first. */
  private findEvents({ input, logGroups, endsAt }: Query): StoredEvent[] {
    // AWS: the end covers only the first millisecond of its second.
    const [from, to] = [input.startTime * SECOND_MS, input.endTime * SECOND_MS];
    return logGroups
      .flatMap((logGroup) =>
        [...logGroup.logStreams.values()].flatMap((stream) => this.logGroups.readEvents(logGroup, stream, endsAt)),
      )
      .filter(({ timestamp, ingestionTime }) => isInRange(timestamp, from, to, 'INCLUSIVE') && ingestionTime <= endsAt)
      .sort((a, b) => a.timestamp - b.timestamp || a.number - b.number);
  }

  private getLogGroups({ logGroupName, logGroupNames, logGroupIdentifiers }: StartQueryInput): LogGroup[] {
    const given = [logGroupName === undefined ? undefined : [logGroupName], logGroupNames, logGroupIdentifiers];
    const [identifiers, ...others] = given.filter((list) => list !== undefined);
    if (identifiers === undefined || others.length > 0) {
      throw new AwsError(
        'InvalidParameterException',
        'Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified.',
      );
    }
    const logGroups = identifiers.map((identifier) => this.logGroups.getByIdentifier(identifier));
    if (logGroups.some(({ logGroupClass }) => logGroupClass === 'DELIVERY')) {
      throw new AwsError('InvalidParameterException', 'StartQuery is not supported for log groups of class DELIVERY.');
    }
    return logGroups;
  }

  /** Throws AWS's error for a range in which no log group can have events. */
  private validateTimes({ startTime, endTime, queryString }: StartQueryInput, logGroups: LogGroup[]) {
    const end = endTime * SECOND_MS;
    const canHaveEvents = (logGroup: LogGroup) =>
      end >= logGroup.creationTime && end >= this.logGroups.accountRetention.computeAcceptedStart(logGroup, this.now());
    if (startTime > endTime) {
      throw new AwsError('InvalidParameterException', 'Query start time must not be after its end time.');
    }
    if (!logGroups.some(canHaveEvents)) {
      throw new AwsError(
        'MalformedQueryException',
        `Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings ([0,${queryString.length}])`,
      );
    }
  }
}
