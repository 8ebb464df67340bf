import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../time/virtual-clock';
import { History } from './history';
import type { Definition } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import { EXECUTION, type Interpreter, type Run } from './interpreter/interpreter';
import { validateFailureLength } from './limits/failure-limit';

/** What an execution comes to. */
export type ExecutionResult =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string }
  | { status: 'ABORTED'; error?: string; cause?: string }
  | { status: 'TIMED_OUT' };

/** What an execution and the child executions of its Maps share. */
export interface ExecutionSettings {
  readonly clock: VirtualClock;
  /** What each Task state does, by its name. */
  readonly tasks: Record<string, (payload: unknown) => Promise<unknown>>;
  readonly interpreter: Interpreter;
}

/** One execution on the interpreter, within the limits of AWS. */
export class Execution {
  /** Its own, and those of its child executions' states. Grows while the execution runs. */
  public readonly events: ExecutionEvent[] = [];
  /** The executions of its Distributed Maps' items, in the order in which they were started. */
  public readonly childExecutions: Execution[] = [];
  /** Milliseconds since the epoch. */
  public readonly startDate: number;
  public readonly result: Promise<ExecutionResult>;
  private end?: { at: number; result: ExecutionResult };
  private readonly ownHistory = new History();
  private readonly run: Run;
  private hasEnded = false;
  private reasonToStop: { error?: string; cause?: string } = {};

  constructor(
    private readonly stateMachineArn: string,
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
          take: (event) => this.take(event),
          startChild: (mapName, index, item) => this.startChild(definition, mapName, index, item),
        },
      },
    });
    this.result = this.waitForEnd();
  }

  public get status(): 'RUNNING' | ExecutionResult['status'] {
    return this.end?.result.status ?? 'RUNNING';
  }

  /** Milliseconds since the epoch; undefined while it runs. */
  public get stopDate(): number | undefined {
    return this.end?.at;
  }

  public get executionArn(): string {
    return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${this.name}`;
  }

  /** The number of events in its history as AWS counts them: those of child executions are in their own. */
  public get history(): number {
    return this.ownHistory.length;
  }

  /** StopExecution: nothing is started any more, here or in a child execution; one that has ended stays as it is. */
  public stop(error?: string, cause?: string) {
    this.reasonToStop = { error, cause };
    this.run.abort();
  }

  private startChild(definition: Definition, mapName: string, index: number, input: unknown): Execution {
    const child = new Execution(
      `${this.stateMachineArn}/${mapName}`,
      randomUUID(),
      input,
      definition.States[mapName]?.ItemProcessor as Definition,
      this.settings,
      (event) => event.state && this.log({ ...event, index }),
    );
    this.childExecutions.push(child);
    return child;
  }

  /** An event of its own. An error thrown here ends the execution. */
  private take(event: ExecutionEvent) {
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
          return { status: 'ABORTED', ...this.reasonToStop };
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
