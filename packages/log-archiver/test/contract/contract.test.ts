import { findBrokenSources } from './broken-sources';
import { RENAMES } from './renames';

const sample = RENAMES.filter((_, index) => index % 60 === 0);
const [withoutRename, ...afterRename] = findBrokenSources(sample);

describe('the compiler', () => {
  it('accepts the contract as it is', () => {
    expect(withoutRename).toEqual([]);
  });

  it.each(sample.map((rename, index) => [...rename, afterRename[index]] as const))(
    'rejects the sources that use %s.%s if it is renamed to %s',
    (_type, _from, _to, sources, broken) => {
      expect(broken).toEqual(sources);
    },
  );
});
