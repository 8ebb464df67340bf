/** As much of the Amazon States Language as is looked at here. */
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

export interface State {
  Type: string;
  Resource?: string;
  Parameters?: unknown;
  ItemProcessor?: Definition;
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
