import { BAD, type Column, PENDING_SECONDS } from '../columns';
import { type Architecture, computePrice } from '../prices';
import { COMPUTING_MS, type Result } from '../result';

/** Events of an execution's history. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_HISTORY_EVENTS = 25_000;

/** Error of a call, with AWS's name. */
export class PeerError extends Error {
  constructor(name: 'FAILED' | 'LimitExceededException' | 'ResourceNotFoundException' | 'InvalidParameterException') {
    super(name);
    this.name = name;
  }
}

/** End of a run before its last state. */
class RunEnded extends Error {}

/** Export task of a peer. */
export interface PeerTask {
  readonly logGroup: number;
  readonly createdAt: number;
  readonly endsAt: number;
}

export type TaskStatus = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED';

export interface PeerSettings {
  readonly megabytes: number;
  readonly architecture: Architecture;
  /** Seconds after which the run is ended. @default - none */
  readonly limitSeconds?: number;
}

/** A simulated run of a peer, in which calls take no time: its clock, its state transitions and calls, and the export slot. */
export class PeerRun {
  /** Log groups that the run has counted as archived. */
  public readonly known = new Set<number>();
  public durableOperations = 0;
  /** Seconds since the start. */
  private now = 0;
  private readonly tasks: PeerTask[] = [];
  private transitions = 0;
  private invocations = 0;
  private milliseconds = 0;
  private apiCalls = 0;
  private events = 0;
  private longestHistory = 0;

  constructor(
    private readonly settings: PeerSettings,
    private readonly column: Column,
  ) {}

  /** Numbers of the log groups, in the order of the run. */
  public get logGroups(): number[] {
    return this.column.runningSeconds.map((_, index) => index);
  }

  /** Whether a log group was created after the period. */
  public isTooRecent(logGroup: number): boolean {
    return this.column.hasBadLogGroups && logGroup === BAD.tooRecent;
  }

  /** Enters states that take no time, such as Choice and Pass. */
  public enter(states = 1) {
    this.record(states, 2 * states);
  }

  /** Enters a Wait state. */
  public wait(seconds: number) {
    this.record(1, 2);
    this.sleep(seconds);
  }

  /** Enters a Task state that invokes a function. */
  public invoke<T>(call: () => T): T {
    this.record(1, 5);
    return this.run(call);
  }

  /** Enters a Task state that calls CloudWatch Logs without a function. */
  public integrate<T>(call: () => T): T {
    this.record(1, 5);
    return call();
  }

  /** Retries a Task state that invokes a function. */
  public retry<T>(seconds: number, call: () => T): T {
    this.record(1, 3);
    this.sleep(seconds);
    return this.run(call);
  }

  /** Starts a new execution, with a history of its own. */
  public continueAsNew() {
    this.events = 0;
  }

  /** Invokes a function outside of a state machine. */
  public run<T>(call: () => T): T {
    this.invocations += 1;
    const startedAt = this.now;
    try {
      return call();
    } finally {
      this.milliseconds += COMPUTING_MS + 1_000 * (this.now - startedAt);
    }
  }

  /** Waits outside of a state machine. */
  public sleep(seconds: number) {
    this.now += seconds;
    if (this.now > (this.settings.limitSeconds ?? Number.POSITIVE_INFINITY)) {
      throw new RunEnded('TIMED_OUT');
    }
  }

  public listLogGroups() {
    this.apiCalls += 1;
  }

  public createExportTask(logGroup: number): PeerTask {
    this.apiCalls += 1;
    const { hasBadLogGroups, takenSeconds, runningSeconds } = this.column;
    if (hasBadLogGroups && logGroup === BAD.missing) {
      throw new PeerError('ResourceNotFoundException');
    }
    if (this.isTooRecent(logGroup)) {
      throw new PeerError('InvalidParameterException');
    }
    if (this.now < Math.max(takenSeconds, this.tasks.at(-1)?.endsAt ?? 0)) {
      throw new PeerError('LimitExceededException');
    }
    const endsAt = this.now + PENDING_SECONDS + Number(runningSeconds[logGroup]);
    const task = { logGroup, createdAt: this.now, endsAt };
    this.tasks.push(task);
    return task;
  }

  public describeExportTask({ logGroup, createdAt, endsAt }: PeerTask): TaskStatus {
    this.apiCalls += 1;
    if (this.now >= endsAt) {
      return this.fails(logGroup) ? 'FAILED' : 'COMPLETED';
    }
    return this.now < createdAt + PENDING_SECONDS ? 'PENDING' : 'RUNNING';
  }

  /** Runs the peer, and returns its numbers. */
  public measure(start: (run: PeerRun) => void): Result {
    let ending = 'SUCCEEDED';
    try {
      start(this);
    } catch (error) {
      if (error instanceof RunEnded || error instanceof PeerError) {
        ending = error.message;
      } else {
        throw error;
      }
    }
    const { transitions, invocations, milliseconds, apiCalls, durableOperations, settings } = this;
    const archived = new Set(this.tasks.map(({ logGroup }) => logGroup).filter((logGroup) => !this.fails(logGroup)));
    const rightlyKnown = [...this.known].filter((logGroup) => archived.has(logGroup)).length;
    const price = computePrice({
      transitions,
      durableOperations,
      lambda: [{ ...settings, invocations, milliseconds }],
    });
    const busy = this.tasks.reduce((sum, { createdAt, endsAt }) => sum + Math.min(endsAt, this.now) - createdAt, 0);
    const free = this.now - Math.min(this.column.takenSeconds, this.now);
    return {
      archived: archived.size,
      known: this.known.size,
      wronglyKnown: this.known.size - rightlyKnown,
      seconds: this.now,
      slotUse: free === 0 ? 0 : busy / free,
      transitions,
      invocations,
      billedMs: milliseconds,
      apiCalls,
      historyEvents: transitions === 0 ? null : this.longestHistory,
      dollars: rightlyKnown === 0 ? null : (price / rightlyKnown) * 1_000,
      ending,
    };
  }

  private fails(logGroup: number): boolean {
    return this.column.hasBadLogGroups && logGroup === BAD.failing;
  }

  private record(transitions: number, events: number) {
    if (this.events + events > MAX_HISTORY_EVENTS) {
      throw new RunEnded('FAILED (25,000 events)');
    }
    this.events += events;
    this.longestHistory = Math.max(this.longestHistory, this.events);
    this.transitions += transitions;
  }
}
