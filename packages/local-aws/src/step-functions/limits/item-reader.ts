import type { ItemReader, State } from '../interpreter/definition';
import { type Context, EXECUTION, type Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';
import { runOrEnd } from './runtime-error';

/** Resources with which a Distributed Map reads its items from S3. */
export const LIST_OBJECTS = 'arn:aws:states:::s3:listObjectsV2';
export const GET_OBJECT = 'arn:aws:states:::s3:getObject';

/** An item reader that failed. On AWS, `States.ALL` retries and catches this error. */
class ItemReaderFailed extends Error {
  public override readonly name = 'States.ItemReaderFailed';
}

/**
 * Reads the items of Maps with an `ItemReader`, and groups those of Maps with an `ItemBatcher`. The interpreter ignores
 * both fields.
 *
 * Items are read first, then selected one by one, then batched, as on AWS.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-fields-dist-map.html
 */
export function readAndBatchItems(interpreter: Interpreter) {
  const { MapStateAction, evaluatePath } = interpreter;
  const { execute } = MapStateAction.prototype;
  MapStateAction.prototype.execute = async function (input, context, options) {
    const { ItemReader, ItemsPath = '$', ItemSelector, ItemBatcher, ...rest } = this.stateDefinition;
    if (!ItemReader && !ItemBatcher) {
      return execute.call(this, input, context, options);
    }
    const items = ItemReader
      ? await readItems(interpreter, ItemReader, input, context)
      : evaluatePath(ItemsPath, input, context);
    // While items are read, the execution may end.
    if (context[EXECUTION].hasEnded()) {
      throw new TerminalError('ExecutionEnded', 'the execution has ended');
    }
    // The interpreter reports items that are not an array.
    const prepared = Array.isArray(items)
      ? runOrEnd(() => prepareItems(interpreter, this.stateDefinition, items, input, context))
      : items;
    return execute.call(new MapStateAction(rest, this.stateName), prepared, context, options);
  };
}

async function readItems(
  { evaluateTemplate }: Interpreter,
  { Resource, Parameters = {}, ReaderConfig = {} }: ItemReader,
  input: unknown,
  context: Context,
): Promise<unknown[]> {
  const parameters = runOrEnd(() => evaluateTemplate(Parameters, input, context));
  const { InputType, MaxItems } = ReaderConfig;
  try {
    const read = await context[EXECUTION].readItems(Resource, parameters);
    return (Array.isArray(read) ? read : parseItems(String(read), InputType)).slice(0, MaxItems || undefined);
  } catch (error) {
    throw new ItemReaderFailed((error as Error).message);
  }
}

function parseItems(text: string, inputType?: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const items: unknown = inputType === 'JSONL' ? lines.map((line) => JSON.parse(line)) : JSON.parse(text);
  if (!Array.isArray(items)) {
    throw new Error(`the file of an item reader must contain an array, got ${typeof items}`);
  }
  return items;
}

/** Selects each item with `ItemSelector`, and returns the batches, or the items if the Map has no `ItemBatcher`. */
function prepareItems(
  { evaluateTemplate }: Interpreter,
  { ItemSelector, ItemBatcher }: State,
  items: readonly unknown[],
  input: unknown,
  context: Context,
): unknown[] {
  const selected = items.map((Value, Index) =>
    ItemSelector === undefined
      ? Value
      : evaluateTemplate(ItemSelector, input, { ...context, Map: { Item: { Index, Value } } }),
  );
  if (!ItemBatcher) {
    return selected;
  }
  const { MaxItemsPerBatch, BatchInput } = ItemBatcher;
  const batchInput = BatchInput === undefined ? {} : { BatchInput: evaluateTemplate(BatchInput, input, context) };
  const batches: unknown[] = [];
  for (let index = 0; index < selected.length; index += MaxItemsPerBatch) {
    batches.push({ ...batchInput, Items: selected.slice(index, index + MaxItemsPerBatch) });
  }
  return batches;
}
