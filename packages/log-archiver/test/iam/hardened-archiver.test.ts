import { describeAccess, itUsesDocumentedTerms } from './cases/access-cases';
import { HardenedArchiver } from './hardened-archiver';

const { policies, cases } = new HardenedArchiver();

describe('the roles of an archiver with a key and a topic', () => {
  describeAccess(policies, cases.archiver);
});

describe('the dead-letter queue and the topic', () => {
  describeAccess(policies, cases.notifications);
});

describe('the keys', () => {
  describeAccess(policies, cases.keys);
});

describe('the cases of notifications and keys', () => {
  itUsesDocumentedTerms(policies, [...cases.notifications, ...cases.keys]);
});
