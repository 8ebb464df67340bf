import { machine } from '../machine';

/** Result of a Choice with this rule for the input. */
async function choose(rule: object, input: object) {
  const states = {
    Choose: { Type: 'Choice', Choices: [{ Variable: '$.value', ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Pass', Result: 'matches', End: true },
    No: { Type: 'Pass', Result: 'does not match', End: true },
  };
  const { result } = await machine(states).run(input);
  return result.status === 'SUCCEEDED' ? result.output : result;
}

describe('a Choice', () => {
  it.each([
    [{ IsNull: true }, { value: null }, 'matches'],
    [{ IsNull: true }, { value: 1 }, 'does not match'],
    [{ IsNull: false }, { value: null }, 'does not match'],
    [{ IsNull: false }, { value: 1 }, 'matches'],
    [{ IsPresent: true }, {}, 'does not match'],
    [{ IsPresent: false }, {}, 'matches'],
    [{ IsPresent: false }, { value: null }, 'does not match'],
    [{ IsString: false }, { value: 1 }, 'matches'],
  ])('with %j and input %j %s', async (rule, input, expected) => {
    expect(await choose(rule, input)).toBe(expected);
  });

  it('negates a type test within And, Or and Not', async () => {
    const isNotNull = { Variable: '$.value', IsNull: false };
    expect(await choose({ And: [isNotNull] }, { value: 1 })).toBe('matches');
    expect(await choose({ Or: [isNotNull] }, { value: null })).toBe('does not match');
    expect(await choose({ Not: isNotNull }, { value: null })).toBe('matches');
  });
});
