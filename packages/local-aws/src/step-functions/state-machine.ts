import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';
import type { VirtualClock } from '../time/virtual-clock';
import { Execution, type ExecutionSettings } from './execution';
import { validateExecutionName } from './execution-name';
import { type Definition, listStates, validateDefinition } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import type { Interpreter } from './interpreter/interpreter';
import { createLimitedInterpreter, type InterpreterSettings } from './limited-interpreter';
import { isOverDataLimit, MAX_DATA_BYTES } from './limits/data-limit';
import { FunctionError } from './limits/failure-limit';
import { GET_OBJECT, LIST_OBJECTS } from './limits/item-reader';

/** Resources that only an item reader calls. */
const ITEM_READERS = [LIST_OBJECTS, GET_OBJECT];

/** Resource that a Task state, or the item reader of a Map, calls. */
export interface TaskResource {
  invoke(payload: unknown): Promise<unknown>;
}

/** A Standard state machine, with the definition that would be deployed to AWS. */
export class StateMachine {
  public readonly executions: Execution[] = [];
  private readonly interpreter: Interpreter;

  constructor(
    public readonly stateMachineArn: string,
    public definition: Definition,
    private resources: ReadonlyMap<string, TaskResource>,
    private readonly clock: VirtualClock,
    settings: InterpreterSettings = {},
    private onStart: ExecutionSettings['onStart'] = () => {},
  ) {
    validate(definition, resources);
    this.interpreter = createLimitedInterpreter(clock, settings);
  }

  /** Updates the state machine. Running executions keep their definition, and call the new resources. */
  public update(
    definition: Definition,
    resources: ReadonlyMap<string, TaskResource>,
    onStart: ExecutionSettings['onStart'],
  ) {
    validate(definition, resources);
    this.definition = definition;
    this.resources = resources;
    this.onStart = onStart;
  }

  /** Starts an execution, which proceeds as the clock moves. */
  public startExecution(
    input: object,
    onEvent: (event: ExecutionEvent) => void = () => {},
    name: string = randomUUID(),
  ): Execution {
    validateExecutionName(name);
    if (isOverDataLimit(input)) {
      throw new AwsError('InvalidExecutionInput', `Invalid Execution Input: more than ${MAX_DATA_BYTES} bytes`);
    }
    const namesake = this.executions.find((execution) => execution.name === name);
    if (namesake) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${namesake.executionArn}'`);
    }
    const { clock, interpreter, onStart } = this;
    const readItems = async (resource: string, parameters: unknown) => this.resources.get(resource)?.invoke(parameters);
    const settings = { clock, tasks: this.createTasks(), interpreter, readItems, onStart };
    const execution = new Execution(this.stateMachineArn, name, input, this.definition, settings, onEvent);
    this.executions.push(execution);
    return execution;
  }

  /** Stops all running executions. */
  public stop() {
    for (const execution of this.executions) {
      execution.stop();
    }
  }

  /** Returns the handler of each Task state, by its name. */
  private createTasks(): ExecutionSettings['tasks'] {
    const tasks: ExecutionSettings['tasks'] = {};
    for (const [name, { Type, Resource }] of listStates(this.definition)) {
      if (Type === 'Task') {
        const findTask = () => {
          const task = ITEM_READERS.includes(String(Resource)) ? undefined : this.resources.get(String(Resource));
          if (!task) {
            throw new Error(
              `Resource of state ${name} must be a function of the stack or sns:publish, got ${Resource}`,
            );
          }
          return task;
        };
        findTask();
        tasks[name] = async (payload) => {
          // An update of the state machine may have replaced the function.
          const task = findTask();
          try {
            return await task.invoke(payload);
          } catch (error) {
            throw new FunctionError(error as Error);
          }
        };
      }
    }
    return tasks;
  }
}

function validate(definition: Definition, resources: ReadonlyMap<string, TaskResource>) {
  validateDefinition(definition);
  for (const [name, { ItemReader }] of listStates(definition)) {
    if (ItemReader && !(ITEM_READERS.includes(ItemReader.Resource) && resources.has(ItemReader.Resource))) {
      throw new Error(
        `Resource of the ItemReader of state ${name} must be ${ITEM_READERS.join(' or ')}, got ${ItemReader.Resource}`,
      );
    }
  }
}
