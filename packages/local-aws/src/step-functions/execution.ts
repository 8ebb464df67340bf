import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../time/virtual-clock';
import { History, type HistoryEvent, listHistory } from './history';
import type { Definition, State } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import type { ExecutionResult, ExecutionStatus } from './interpreter/execution-result';
import { EXECUTION, type Interpreter, type MachineRun } from './interpreter/interpreter';
import { validateFailureLength } from './limits/failure-limit';
import { MapRun } from './map-run';

/** Events that AWS bills as a state transition. */
const TRANSITIONS = ['StateEntered', 'StateRetried'];

/** Settings that an execution shares with its child executions. */
export interface ExecutionSettings {
  readonly clock: VirtualClock;
  /** Handler of each Task state, by its name. */
  readonly tasks: Record<string, (payload: unknown) => Promise<unknown>>;
  readonly interpreter: Interpreter;
  /** Calls the resource of an `ItemReader`. */
  readonly readItems: (resource: string, parameters: unknown) => Promise<unknown>;
  /** Receives each execution, and each child execution, when it starts. */
  readonly onStart: (execution: Execution) => void;
}

/** An execution on the interpreter, with AWS's limits. */
export class Execution {
  /** Events of the execution, and of the states of its child executions, so far. */
  public readonly events: ExecutionEvent[] = [];
  /** Executions of the items of Distributed Maps, in the order in which they started. */
  public readonly childExecutions: Execution[] = [];
  /** Runs of Distributed Maps, in the order in which they started. */
  public readonly mapRuns: MapRun<Execution>[] = [];
  /** Milliseconds since the epoch. */
  public readonly startDate: number;
  public readonly result: Promise<ExecutionResult>;
  private end?: { at: number; result: ExecutionResult };
  private readonly ownHistory = new History();
  private readonly run: MachineRun;
  private hasEnded = false;
  private stopReason: { error?: string; cause?: string } = {};

  constructor(
    /** ARN of the state machine or, for a child execution, of its Map. */
    public readonly stateMachineArn: string,
    public readonly name: string,
    public readonly input: unknown,
    private readonly definition: Definition,
    private readonly settings: ExecutionSettings,
    private readonly onEvent: (event: ExecutionEvent) => void,
    /** ARN of the Map run that started this child execution. @default - not a child execution */
    public readonly mapRunArn?: string,
  ) {
    this.startDate = settings.clock.now();
    const machine = new settings.interpreter.StateMachine(definition, { validationOptions: { noValidate: true } });
    this.run = machine.run(input, {
      overrides: { taskResourceLocalHandlers: settings.tasks },
      // The interpreter adds Execution.Input and Execution.StartTime.
      context: {
        Execution: { Id: this.executionArn, Name: name },
        StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':').at(-1) },
        [EXECUTION]: {
          hasEnded: () => this.hasEnded,
          record: (event) => this.record(definition, event),
          readItems: settings.readItems,
          startChild: (mapName, index, item) => this.startChild(definition, mapName, index, item),
        },
      },
    });
    this.result = this.waitForEnd();
    settings.onStart(this);
  }

  public get status(): ExecutionStatus {
    return this.end?.result.status ?? 'RUNNING';
  }

  /** Milliseconds since the epoch; undefined while the execution runs. */
  public get stopDate(): number | undefined {
    return this.end?.at;
  }

  /** Result; undefined while the execution runs. */
  public get endResult(): ExecutionResult | undefined {
    return this.end?.result;
  }

  public get executionArn(): string {
    return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${this.name}`;
  }

  /** Length of the history as AWS counts it. Child executions have their own histories. */
  public get history(): number {
    return this.ownHistory.length;
  }

  /** Lists the events of the history, oldest first. */
  public listHistory(): HistoryEvent[] {
    return listHistory(
      this.events.filter(({ index }) => index === undefined),
      this.definition,
    );
  }

  /**
   * State transitions that AWS bills: each state that is entered, each retry, and each child execution.
   *
   * https://aws.amazon.com/step-functions/pricing/
   */
  public get stateTransitions(): number {
    return this.events.filter(({ type }) => TRANSITIONS.includes(type)).length + this.countChildExecutions();
  }

  /**
   * Stops the execution, as StopExecution does.
   *
   * Nothing more is started, here or in child executions. An execution that has ended does not change.
   */
  public stop(error?: string, cause?: string) {
    this.stopReason = { error, cause };
    this.run.abort();
  }

  private startChild(definition: Definition, mapName: string, index: number, input: unknown): Execution {
    const { ItemProcessor, Label = mapName } = definition.States[mapName] as State;
    const mapRun = this.mapRuns.findLast((run) => run.mapName === mapName);
    const child = new Execution(
      `${this.stateMachineArn}/${Label}`,
      randomUUID(),
      input,
      ItemProcessor as Definition,
      this.settings,
      (event) => event.state && this.log({ ...event, index }),
      mapRun?.mapRunArn,
    );
    this.childExecutions.push(child);
    mapRun?.executions.push(child);
    return child;
  }

  private countChildExecutions(): number {
    return this.childExecutions.reduce((sum, child) => sum + 1 + child.countChildExecutions(), 0);
  }

  /** Records an event of this execution. An error thrown here ends the execution. */
  private record(definition: Definition, event: ExecutionEvent) {
    this.log(event);
    this.recordMapRun(definition, event);
    this.ownHistory.add(event);
    validateFailureLength(event);
  }

  /** A Map that is retried starts another Map run. */
  private recordMapRun({ States }: Definition, { type, state }: ExecutionEvent) {
    if (state?.type !== 'Map') {
      return;
    }
    const now = this.settings.clock.now();
    if (type === 'StateEntered' || type === 'StateRetried') {
      const { Label = state.name } = States[state.name] as State;
      this.mapRuns.push(new MapRun(this, Label, state.name, now));
    } else {
      this.mapRuns.at(-1)?.end(now);
    }
  }

  private log(event: ExecutionEvent) {
    this.events.push(event);
    this.onEvent(event);
  }

  private async waitForEnd(): Promise<ExecutionResult> {
    const result = await this.waitForResult();
    this.end = { at: this.settings.clock.now(), result };
    this.mapRuns.at(-1)?.end(this.end.at);
    return result;
  }

  private async waitForResult(): Promise<ExecutionResult> {
    try {
      return { status: 'SUCCEEDED', output: await this.run.result };
    } catch (error) {
      const { name, cause } = error as Error;
      switch (name) {
        case 'ExecutionAbortedError':
          return { status: 'ABORTED', ...this.stopReason };
        case 'ExecutionTimeoutError':
          return { status: 'TIMED_OUT' };
        default:
          return { status: 'FAILED', error: (cause as Error).name, cause: (cause as Error).message };
      }
    } finally {
      this.hasEnded = true;
      for (const child of this.childExecutions) {
        child.stop();
      }
    }
  }
}
