import { Annotations, Aspects, CfnDeletionPolicy, type CfnResource, type IAspect } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Priorities before and after every aspect that changes a removal policy. */
const [FIRST, LAST] = [1, 10_000];

/**
 * Keeps the removal policy of a resource when an aspect changes the policies of a whole scope, and warns of it.
 *
 * `RemovalPolicies.of(app).destroy()` is meant for stacks that come and go, and would include the archive. A policy that
 * the app sets on the construct itself applies.
 */
export function keepRemovalPolicy(construct: Construct, warning: string) {
  const resource = construct.node.defaultChild as CfnResource;
  const read = () => [resource.cfnOptions.deletionPolicy, resource.cfnOptions.updateReplacePolicy] as const;
  let before = read();
  const record = () => {
    before = read();
  };
  const restore = () => {
    const [deletionPolicy, updateReplacePolicy] = before;
    if (read()[0] === CfnDeletionPolicy.DELETE && deletionPolicy !== CfnDeletionPolicy.DELETE) {
      Object.assign(resource.cfnOptions, { deletionPolicy, updateReplacePolicy });
      Annotations.of(construct).addWarningV2('cdk-log-archiver:removalPolicy', warning);
    }
  };
  Aspects.of(resource).add(visitOnly(resource, record), { priority: FIRST });
  Aspects.of(resource).add(visitOnly(resource, restore), { priority: LAST });
}

function visitOnly(resource: CfnResource, run: () => void): IAspect {
  return {
    visit: (node) => {
      if (node === resource) {
        run();
      }
    },
  };
}
