import { requiresEvaluator } from '@log-archiver/local-aws';
import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { HardenedArchiver } from './hardened-archiver';

const { policies, cases } = new HardenedArchiver();

requiresEvaluator(describe)('the roles of an archiver with a key and a topic', () => {
  describeAccess(policies, cases.archiver);
});

requiresEvaluator(describe)('the dead-letter queue and the topic', () => {
  describeAccess(policies, cases.notifications);
});

requiresEvaluator(describe)('the keys', () => {
  describeAccess(policies, cases.keys);
});

requiresEvaluator(describe)('the cases of notifications and keys', () => {
  itUsesDocumentedTerms(policies, [...cases.notifications, ...cases.keys]);
});
