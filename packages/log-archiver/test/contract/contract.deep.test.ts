import { findBrokenSources } from './broken-sources';
import { RENAMES } from './renames';

it.each(RENAMES)('rejects the sources that use %s.%s if it is renamed to %s', (type, from, to, sources) => {
  expect(findBrokenSources({ type, from, to })).toEqual(sources);
});
