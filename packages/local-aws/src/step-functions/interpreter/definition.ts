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
  /** Name of a Distributed Map in the ARNs of its child executions. @default - the name of the state */
  Label?: string;
  ToleratedFailurePercentage?: number;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const LABEL = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,40}$/u;

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
    if (![undefined, 0, 100].includes(state.ToleratedFailurePercentage)) {
      throw new Error(
        `ToleratedFailurePercentage of state ${name} must be 0 or 100, got ${state.ToleratedFailurePercentage}`,
      );
    }
  }
}
