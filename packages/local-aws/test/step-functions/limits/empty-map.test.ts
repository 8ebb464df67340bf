import { distributedMap, EVERYTHING_CAUGHT, machine } from '../machine';

const STATES = {
  Each: distributedMap({ Done: { Type: 'Succeed' } }, { ...EVERYTHING_CAUGHT, End: true }),
  Caught: { Type: 'Pass', End: true },
};

describe('a Distributed Map without items', () => {
  it.each([{}, { emptyMap: 'SUCCEEDS' as const }])('succeeds with an empty result with %j', async (settings) => {
    const { result } = await machine(STATES, undefined, settings).run({ items: [] });
    expect(result).toEqual({ status: 'SUCCEEDED', output: [] });
  });

  it('ends the execution if it is set to fail', async () => {
    const { result } = await machine(STATES, undefined, { emptyMap: 'FAILS' }).run({ items: [] });
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "The state 'Each' has no items to process.",
    });
  });

  it('is not affected if it has items', async () => {
    const { result } = await machine(STATES, undefined, { emptyMap: 'FAILS' }).run({ items: ['a'] });
    expect(result).toEqual({ status: 'SUCCEEDED', output: ['a'] });
  });
});
