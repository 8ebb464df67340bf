import { requiresEvaluator } from '@log-archiver/local-aws';
import { describeSharedBucket } from './describe-shared-bucket';
import { SHARED_BUCKETS } from './shared-bucket';

requiresEvaluator(describe).each(SHARED_BUCKETS)('%s and the accounts that archive there', (_, options) => {
  describeSharedBucket(options);
});
