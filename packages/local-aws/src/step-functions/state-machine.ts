import type { LambdaFunction } from '../lambda/lambda-function';
import type { VirtualClock } from '../virtual-clock';
import { allStates, type Definition } from './definition';
import { loadInterpreter } from './interpreter';

/** What an execution comes to. */
export type ExecutionResult =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string };

/** A step of an execution, as the interpreter logs it. */
export interface ExecutionEvent {
  type: string;
  timestamp: number;
  /** Which item of a Map, if any. */
  index?: number;
  state?: { name: string; type: string; input: unknown; output?: unknown };
  Error?: string;
  Cause?: unknown;
}

export interface Execution {
  readonly input: unknown;
  /** Grows while the execution runs. */
  readonly events: ExecutionEvent[];
  readonly result: Promise<ExecutionResult>;
}

/** A Standard state machine, whose definition is the one that would be deployed. */
export class StateMachine {
  public readonly executions: Execution[] = [];

  constructor(
    public readonly stateMachineArn: string,
    public readonly definition: Definition,
    private readonly functions: Map<string, LambdaFunction>,
    private readonly clock: VirtualClock,
  ) {}

  /** Starts an execution; it goes on while the clock does. */
  public startExecution(input: object, onEvent: (event: ExecutionEvent) => void = () => {}): Execution {
    const interpreter = loadInterpreter(this.clock);
    const machine = new interpreter.StateMachine(this.definition as never, { validationOptions: { noValidate: true } });
    const run = machine.run(input as never, {
      overrides: { taskResourceLocalHandlers: this.tasks() },
      context: { StateMachine: { Id: this.stateMachineArn } },
    });
    const events: ExecutionEvent[] = [];
    const log = collect(run.eventLogs as AsyncIterable<ExecutionEvent>, (event) => {
      events.push(event);
      onEvent(event);
    });
    const result = Promise.all([resultOf(run.result), log]).then(([outcome]) => outcome);
    const execution = { input, events, result };
    this.executions.push(execution);
    return execution;
  }

  /** What each Task state does, by its name: its resource is a Lambda function, and no other. */
  private tasks() {
    const tasks: Record<string, (payload: unknown) => Promise<never>> = {};
    for (const [name, { Type, Resource }] of allStates(this.definition)) {
      if (Type === 'Task') {
        const task = this.functions.get(String(Resource));
        if (!task) {
          throw new Error(
            `state ${name} uses ${Resource}, which is no function of the stack: local-aws knows no other resource`,
          );
        }
        tasks[name] = async (payload) => (await task.invoke(payload)) as never;
      }
    }
    return tasks;
  }
}

async function resultOf(output: Promise<unknown>): Promise<ExecutionResult> {
  try {
    return { status: 'SUCCEEDED', output: await output };
  } catch (error) {
    const { name, message } = (error as Error).cause as Error;
    return { status: 'FAILED', error: name, cause: message };
  }
}

async function collect(events: AsyncIterable<ExecutionEvent>, onEvent: (event: ExecutionEvent) => void) {
  for await (const event of events) {
    onEvent(event);
  }
}
