import { describeAccess, findWrongCases, itUsesDocumentedTerms } from './cases/access-cases';
import { openToAccounts, SharedBucket, type SharedBucketOptions } from './shared-bucket';

/** Tests the access to a shared bucket of the accounts that archive there, of its owner, and of others. */
export function describeSharedBucket(options: SharedBucketOptions) {
  const { policies, cases, casesIfOpened } = new SharedBucket(options);

  describeAccess(policies, cases);
  if (options.hasKey && options.hasOrganization) {
    itUsesDocumentedTerms(policies, cases);
  }

  it('denies deleting to others even if bucket and key are opened to the accounts', () => {
    expect(findWrongCases(openToAccounts(policies), casesIfOpened)).toEqual([]);
  });
}
