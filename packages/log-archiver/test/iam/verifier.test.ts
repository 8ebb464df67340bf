import { requiresEvaluator } from '@log-archiver/local-aws';
import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { VERIFIED_ARCHIVES, VerifiedArchive } from './verified-archive';

requiresEvaluator(describe).each(Object.entries(VERIFIED_ARCHIVES))('a verifier of %s', (_, options) => {
  const { policies, cases } = new VerifiedArchive(options);

  describe('its roles in the bucket', () => {
    describeAccess(policies, cases.bucket);
  });

  describe('its roles elsewhere', () => {
    describeAccess(policies, cases.calls);
  });

  describe('the signing key, and the key of the bucket', () => {
    describeAccess(policies, cases.keys);
  });

  describe('the trust policies of its roles', () => {
    describeAccess(policies, cases.trust);
  });

  describe('its dead-letter queue', () => {
    describeAccess(policies, cases.queue);
  });
});

requiresEvaluator(describe)('the cases of a verifier', () => {
  const { policies, cases } = new VerifiedArchive(VERIFIED_ARCHIVES['an archive bucket']);
  itUsesDocumentedTerms(policies, Object.values(cases).flat());
});
