import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { READERS, Reader } from './readers';

describe.each(READERS)('a principal with grantRead of %s', (_, options) => {
  const { policies, cases, checks } = new Reader(options);

  describe.each(checks)('$condition', ({ change, cases: decided }) => {
    describeAccess(change(policies), decided);
  });

  // Without a key, there are fewer cases of the same kinds.
  if (options.hasKey !== false) {
    itUsesDocumentedTerms(policies, cases);
  }
});
