import { findBrokenSources } from './broken-sources';
import { RENAMES } from './renames';

const [withoutRename, ...afterRename] = findBrokenSources(RENAMES);

describe('the compiler', () => {
  it('accepts the contract as it is', () => {
    expect(withoutRename).toEqual([]);
  });

  it.each(RENAMES.map((rename, index) => [...rename, afterRename[index]] as const))(
    'rejects the sources that use %s.%s if it is renamed to %s',
    (_type, _from, _to, sources, broken) => {
      expect(broken).toEqual(sources);
    },
  );
});
