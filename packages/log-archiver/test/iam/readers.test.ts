import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { READERS, Reader } from './readers';

describe.each(READERS)('a principal with grantRead of %s', (_, options) => {
  const { policies, cases } = new Reader(options);
  describeAccess(policies, cases);
  itUsesDocumentedTerms(policies, cases);
});
