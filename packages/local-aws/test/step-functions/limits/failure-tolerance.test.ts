import { distributedMap, FunctionFailure, machine, task } from '../machine';

const Work = task({ End: true });
const Each = distributedMap(
  { Work },
  { ToleratedFailurePercentagePath: '$.tolerated', ItemsPath: '$.items', End: true },
);

function run(tolerated: unknown) {
  const { run } = machine({ Each }, () => {
    throw new FunctionFailure('Crashed', 'crashed');
  });
  return run({ tolerated, items: ['a', 'b'] });
}

it('tolerates all failures if the path leads to 100', async () => {
  const failure = { Status: 'FAILED', Error: 'Crashed', Cause: 'crashed' };
  expect((await run(100)).result).toEqual({ status: 'SUCCEEDED', output: [failure, failure] });
});

it('tolerates no failure if the path leads to 0', async () => {
  expect((await run(0)).result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
});

it.each([101, -1, '100', null])(
  'fails with States.Runtime, without a child execution, if the path leads to %j',
  async (tolerated) => {
    const { execution, result } = await run(tolerated);
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'ToleratedFailurePercentage must be between 0 and 100.',
    });
    expect(execution.childExecutions).toEqual([]);
  },
);

it('fails if the path leads to a percentage that local-aws does not support', async () => {
  expect((await run(50)).result).toMatchObject({
    cause: 'ToleratedFailurePercentage of state Each must be 0 or 100, got 50',
  });
});
