import { Annotations, Aspects, CfnDeletionPolicy, type IAspect } from 'aws-cdk-lib';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';

/** Priorities before and after every aspect that changes a removal policy. */
const [FIRST, LAST] = [1, 10_000];

/**
 * Keeps the removal policy of a bucket when an aspect changes the policies of a whole scope, and warns of it.
 *
 * `RemovalPolicies.of(app).destroy()` is meant for stacks that come and go, and would include the archive. A policy that
 * the app sets on the bucket itself applies.
 */
export function keepRemovalPolicy(bucket: Bucket) {
  const resource = bucket.node.defaultChild as CfnBucket;
  const read = () => [resource.cfnOptions.deletionPolicy, resource.cfnOptions.updateReplacePolicy] as const;
  let before = read();
  const record = () => {
    before = read();
  };
  const restore = () => {
    const [deletionPolicy, updateReplacePolicy] = before;
    if (read()[0] === CfnDeletionPolicy.DELETE && deletionPolicy !== CfnDeletionPolicy.DELETE) {
      Object.assign(resource.cfnOptions, { deletionPolicy, updateReplacePolicy });
      Annotations.of(bucket).addWarningV2(
        'cdk-log-archiver:removalPolicy',
        'the archive is retained although an aspect would delete it; to delete it with its stack, call ' +
          'applyRemovalPolicy on the bucket',
      );
    }
  };
  Aspects.of(resource).add(visitOnly(resource, record), { priority: FIRST });
  Aspects.of(resource).add(visitOnly(resource, restore), { priority: LAST });
}

function visitOnly(resource: CfnBucket, run: () => void): IAspect {
  return {
    visit: (node) => {
      if (node === resource) {
        run();
      }
    },
  };
}
