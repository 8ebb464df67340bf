import { describeSharedBucket } from './describe-shared-bucket';
import { SHARED_BUCKETS } from './shared-bucket';

// The plainest shared bucket, and the one with everything. The deep test has the others.
describe.each([SHARED_BUCKETS[0], SHARED_BUCKETS[3]])('%s and the accounts that archive there', (_, options) => {
  describeSharedBucket(options);
});
