import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../time/virtual-clock';
import { History } from './history';
import type { Definition, State } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import type { ExecutionResult, ExecutionStatus } from './interpreter/execution-result';
import { EXECUTION, type Interpreter, type MachineRun } from './interpreter/interpreter';
import { validateFailureLength } from './limits/failure-limit';

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
    definition: Definition,
    private readonly settings: ExecutionSettings,
    private readonly onEvent: (event: ExecutionEvent) => void,
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
          record: (event) => this.record(event),
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

  public get executionArn(): string {
    return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${this.name}`;
  }

  /** Length of the history as AWS counts it. Child executions have their own histories. */
  public get history(): number {
    return this.ownHistory.length;
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
    const child = new Execution(
      `${this.stateMachineArn}/${Label}`,
      randomUUID(),
      input,
      ItemProcessor as Definition,
      this.settings,
      (event) => event.state && this.log({ ...event, index }),
    );
    this.childExecutions.push(child);
    return child;
  }

  /** Records an event of this execution. An error thrown here ends the execution. */
  private record(event: ExecutionEvent) {
    this.log(event);
    this.ownHistory.add(event);
    validateFailureLength(event);
  }

  private log(event: ExecutionEvent) {
    this.events.push(event);
    this.onEvent(event);
  }

  private async waitForEnd(): Promise<ExecutionResult> {
    const result = await this.waitForResult();
    this.end = { at: this.settings.clock.now(), result };
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
