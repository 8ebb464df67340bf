import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../lambda/lambda-function';
import { AwsError } from '../protocol/aws-error';
import type { VirtualClock } from '../time/virtual-clock';
import { Execution, type ExecutionSettings } from './execution';
import { validateExecutionName } from './execution-name';
import { allStates, type Definition, validateDefinition } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import type { Interpreter } from './interpreter/interpreter';
import { createLimitedInterpreter } from './limited-interpreter';
import { isOverDataLimit, MAX_DATA_BYTES } from './limits/data-limit';
import { FunctionError } from './limits/failure-limit';
import { type ItemOrder, listOrder } from './limits/item-order';

/** A Standard state machine, whose definition is the one that would be deployed. */
export class StateMachine {
  public readonly executions: Execution[] = [];
  private readonly interpreter: Interpreter;

  constructor(
    public readonly stateMachineArn: string,
    public readonly definition: Definition,
    private readonly resources: Map<string, Pick<LambdaFunction, 'invoke'>>,
    private readonly clock: VirtualClock,
    itemOrder: ItemOrder = listOrder,
  ) {
    validateDefinition(definition);
    this.interpreter = createLimitedInterpreter(clock, itemOrder);
  }

  /** Starts an execution; it goes on while the clock does. */
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
    const settings = { clock: this.clock, tasks: this.tasks(), interpreter: this.interpreter };
    const execution = new Execution(this.stateMachineArn, name, input, this.definition, settings, onEvent);
    this.executions.push(execution);
    return execution;
  }

  /** What each Task state does, by its name: its resource is a Lambda function, or `sns:publish`. */
  private tasks(): ExecutionSettings['tasks'] {
    const tasks: ExecutionSettings['tasks'] = {};
    for (const [name, { Type, Resource }] of allStates(this.definition)) {
      if (Type === 'Task') {
        const task = this.resources.get(String(Resource));
        if (!task) {
          throw new Error(
            `state ${name} uses ${Resource}, which is no function of the stack: local-aws knows no other resource`,
          );
        }
        tasks[name] = async (payload) => {
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
