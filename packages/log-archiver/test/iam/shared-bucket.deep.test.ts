import { describeSharedBucket } from './describe-shared-bucket';
import { SHARED_BUCKETS } from './shared-bucket';

describe.each(SHARED_BUCKETS)('%s and the accounts that archive there', (_, options) => {
  describeSharedBucket(options);
});
