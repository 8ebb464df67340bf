import { AwsError, unknownOperation } from './aws-error';
import { type StructureShape, validate } from './validation';

/** An operation of a service. */
export interface Operation<State> {
  readonly input: StructureShape;
  /** Executes the operation with an input that has the shape `input`. */
  readonly call: (state: State, input: never) => object;
}

/** Returns an operation by name. Throws an `AwsError` if local-aws does not support the operation. */
export function findOperation<T extends object>(operations: Readonly<Record<string, T>>, name: string): T {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) {
    throw unknownOperation(name);
  }
  return operation;
}

/** Calls an operation by name. Throws `ValidationException` if the input is invalid. */
export function callOperation<State>(
  operations: Readonly<Record<string, Operation<State>>>,
  name: string,
  state: State,
  input: unknown,
): object {
  const operation = findOperation(operations, name);
  try {
    validate(operation.input, input);
  } catch (error) {
    throw new AwsError('ValidationException', (error as Error).message);
  }
  return operation.call(state, input as never);
}
