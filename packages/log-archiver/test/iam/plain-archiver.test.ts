import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { PlainArchiver } from './plain-archiver';

const { policies, cases } = new PlainArchiver();

describe('the roles of an archiver with a bucket of its own', () => {
  describeAccess(policies, cases.calls);
});

describe('the roles of a compromised archiver', () => {
  describeAccess(policies, cases.attacks);
});

describe('the bucket policy for CloudWatch Logs', () => {
  describeAccess(policies, cases.exports);
});

describe('the trust policies of the roles', () => {
  describeAccess(policies, cases.trust);
});

describe('the dead-letter queue', () => {
  describeAccess(policies, cases.queue);
});

describe('the cases of a plain archiver', () => {
  itUsesDocumentedTerms(policies, Object.values(cases).flat());
});
