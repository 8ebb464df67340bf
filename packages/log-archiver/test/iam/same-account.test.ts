import { itAsksWhatAwsKnows, itDecides } from './access-cases';
import { OwnBucket } from './own-bucket';

const { policies, rows } = new OwnBucket();

describe('of an archiver and its bucket in one account, AWS', () => {
  itDecides(policies, rows.calls);
});

describe('of an archiver that is not what it was, AWS', () => {
  itDecides(policies, rows.attacks);
});

describe('of CloudWatch Logs at the bucket, AWS', () => {
  itDecides(policies, rows.exports);
});

describe('of who takes the roles, AWS', () => {
  itDecides(policies, rows.trust);
});

describe('of the dead-letter queue, AWS', () => {
  itDecides(policies, rows.queue);
});

describe('of what these tables ask, AWS', () => {
  itAsksWhatAwsKnows(policies, Object.values(rows).flat());
});
