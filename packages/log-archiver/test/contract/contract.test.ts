import { findBrokenSources } from './broken-sources';
import { RENAMES } from './renames';

describe('the compiler', () => {
  it('accepts the contract as it is', () => {
    expect(findBrokenSources()).toEqual([]);
  });

  it.each(RENAMES.filter((_, index) => index % 15 === 0))(
    'rejects the sources that use %s.%s if it is renamed to %s',
    (type, from, to, sources) => {
      expect(findBrokenSources({ type, from, to })).toEqual(sources);
    },
  );
});
