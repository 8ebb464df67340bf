import { describeSharedBucket } from './describe-shared-bucket';
import { SHARED_BUCKETS } from './shared-bucket';

// The shared bucket with everything. The deep test has all.
describe.each([SHARED_BUCKETS[3]])('%s and the accounts that archive there', (_, options) => {
  describeSharedBucket(options);
});
