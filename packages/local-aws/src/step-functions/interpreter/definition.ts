/** Fields of the Amazon States Language that local-aws reads. */
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
  ProcessorConfig?: { Mode?: string };
}

export interface State {
  Type: string;
  Resource?: string;
  Parameters?: unknown;
  ItemProcessor?: Definition;
  /** Place in S3 from which a Distributed Map reads its items. @default - the items are in the input */
  ItemReader?: ItemReader;
  /** Path of the items in the input. @default '$' */
  ItemsPath?: string;
  ItemSelector?: unknown;
  ItemBatcher?: ItemBatcher;
  MaxConcurrencyPath?: string;
  /** Name of a Distributed Map in the ARNs of its child executions. @default - the name of the state */
  Label?: string;
  ToleratedFailurePercentage?: number;
  ToleratedFailurePercentagePath?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export interface ItemReader {
  Resource: string;
  Parameters?: unknown;
  ReaderConfig?: { InputType?: string; MaxItems?: number };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export interface ItemBatcher {
  MaxItemsPerBatch: number;
  BatchInput?: unknown;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const LABEL = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,40}$/u;

/** Fields that the interpreter would ignore. */
const TOLERANCES = ['ToleratedFailureCount', 'ToleratedFailureCountPath'];

/** Yields the name and definition of every state, including those inside Maps. */
export function* listStates(definition: Definition): Generator<[string, State]> {
  for (const [name, state] of Object.entries(definition.States)) {
    yield [name, state];
    if (state.ItemProcessor) {
      yield* listStates(state.ItemProcessor);
    }
  }
}

/**
 * Validates that local-aws supports a definition.
 *
 * The interpreter runs more kinds of states, but AWS's limits are only implemented for these.
 */
export function validateDefinition(definition: Definition) {
  for (const [name, { Type, ItemProcessor, ...state }] of listStates(definition)) {
    if (Type === 'Parallel' || (Type === 'Map' && ItemProcessor?.ProcessorConfig?.Mode !== 'DISTRIBUTED')) {
      throw new Error(
        `state ${name} must not be a Parallel state or an inline Map: local-aws supports only Distributed Maps`,
      );
    }
    if (state.Label !== undefined && !LABEL.test(state.Label)) {
      throw new Error(
        `Label of state ${name} must be 1 to 40 characters that a name can have, got ${JSON.stringify(state.Label)}`,
      );
    }
    validateItems(name, state);
    const unsupported = TOLERANCES.find((field) => field in state);
    if (unsupported !== undefined) {
      throw new Error(`state ${name} must not have ${unsupported}: local-aws supports only ToleratedFailurePercentage`);
    }
    validateTolerance(name, state.ToleratedFailurePercentage);
  }
}

/** Validates that local-aws supports a percentage of tolerated failures: none, or all. */
export function validateTolerance(name: string, percentage = 0) {
  if (percentage !== 0 && percentage !== 100) {
    throw new Error(`ToleratedFailurePercentage of state ${name} must be 0 or 100, got ${percentage}`);
  }
}

/** Fields of an item reader and an item batcher that local-aws evaluates. */
const READER_FIELDS = ['Resource', 'Parameters', 'ReaderConfig'];
const CONFIG_FIELDS = ['InputType', 'MaxItems'];
const BATCHER_FIELDS = ['MaxItemsPerBatch', 'BatchInput'];

function validateItems(name: string, state: Omit<State, 'Type' | 'ItemProcessor'>) {
  const { ItemReader, ItemBatcher } = state;
  if (!ItemReader && !ItemBatcher) {
    return;
  }
  validateFields(`ItemReader of state ${name}`, ItemReader, READER_FIELDS);
  validateFields(`ReaderConfig of state ${name}`, ItemReader?.ReaderConfig, CONFIG_FIELDS);
  validateFields(`ItemBatcher of state ${name}`, ItemBatcher, BATCHER_FIELDS);
  const inputType = ItemReader?.ReaderConfig?.InputType;
  const inputTypes: (string | undefined)[] = ItemReader?.Resource.endsWith(':getObject')
    ? ['JSON', 'JSONL']
    : [undefined];
  if (ItemReader && !inputTypes.includes(inputType)) {
    throw new Error(`InputType of state ${name} must be ${inputTypes.join(' or ')}, got ${inputType}`);
  }
  if (ItemBatcher && !(Number.isInteger(ItemBatcher.MaxItemsPerBatch) && ItemBatcher.MaxItemsPerBatch > 0)) {
    throw new Error(
      `MaxItemsPerBatch of state ${name} must be a positive whole number, got ${ItemBatcher.MaxItemsPerBatch}`,
    );
  }
  if (state.MaxConcurrencyPath !== undefined || state.Parameters !== undefined) {
    throw new Error(
      `state ${name} must not have MaxConcurrencyPath or Parameters: local-aws does not support them with an ItemReader or ItemBatcher`,
    );
  }
}

function validateFields(subject: string, given: object = {}, supported: readonly string[]) {
  const unknown = Object.keys(given).find((field) => !supported.includes(field));
  if (unknown !== undefined) {
    throw new Error(`unsupported field "${unknown}" in ${subject}; expected one of ${supported.join(', ')}`);
  }
}
