import { describeAccess, findWrongCases, itUsesDocumentedTerms } from './access-cases';
import { openToAccounts, SHARED_BUCKETS, SharedBucket } from './shared-bucket';

describe.each(SHARED_BUCKETS)('%s and the accounts that archive there', (_, options) => {
  const { policies, cases, casesIfOpened } = new SharedBucket(options);

  describeAccess(policies, cases);
  if (options.hasKey && options.hasOrganization) {
    itUsesDocumentedTerms(policies, cases);
  }

  it('denies deleting to others even if bucket and key are opened to the accounts', () => {
    expect(findWrongCases(openToAccounts(policies), casesIfOpened)).toEqual([]);
  });
});
