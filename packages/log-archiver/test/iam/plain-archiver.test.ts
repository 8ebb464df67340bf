import { requiresEvaluator } from '@log-archiver/local-aws';
import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { PlainArchiver } from './plain-archiver';

const { policies, cases } = new PlainArchiver();

requiresEvaluator(describe)('the roles of an archiver with a bucket of its own', () => {
  describeAccess(policies, cases.calls);
});

requiresEvaluator(describe)('the roles of a compromised archiver', () => {
  describeAccess(policies, cases.attacks);
});

requiresEvaluator(describe)('the bucket policy for CloudWatch Logs', () => {
  describeAccess(policies, cases.exports);
});

requiresEvaluator(describe)('the trust policies of the roles', () => {
  describeAccess(policies, cases.trust);
});

requiresEvaluator(describe)('the dead-letter queue', () => {
  describeAccess(policies, cases.queue);
});

requiresEvaluator(describe)('the cases of a plain archiver', () => {
  itUsesDocumentedTerms(policies, Object.values(cases).flat());
});
