/** As much of the Amazon States Language as is looked at here. */
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
  ToleratedFailurePercentage?: number;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}

/** Every state of a definition, those inside Maps included, by name. */
export function* allStates(definition: Definition): Generator<[string, State]> {
  for (const [name, state] of Object.entries(definition.States)) {
    yield [name, state];
    if (state.ItemProcessor) {
      yield* allStates(state.ItemProcessor);
    }
  }
}

/** The interpreter runs more than is counted and limited here as on AWS: the rest is refused, not run wrongly. */
export function validateDefinition(definition: Definition) {
  for (const [name, { Type, ItemProcessor, ...state }] of allStates(definition)) {
    if (Type === 'Parallel' || (Type === 'Map' && ItemProcessor?.ProcessorConfig?.Mode !== 'DISTRIBUTED')) {
      throw new Error(`state ${name} is neither a plain state nor a Distributed Map: local-aws knows no other`);
    }
    if (![undefined, 0, 100].includes(state.ToleratedFailurePercentage)) {
      throw new Error(`state ${name} tolerates some failures: local-aws knows only none and all`);
    }
  }
}
