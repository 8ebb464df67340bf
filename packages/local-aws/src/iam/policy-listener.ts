import type { Access } from './access';
import type { PolicyDocument } from './policy-document';

/** Returns a function that makes the policy of a bucket apply; without a document, the bucket was deleted. */
export function createPolicyListener(access: Access | undefined, owner: string) {
  return (bucketName: string, document: PolicyDocument | undefined) => {
    const arn = `arn:aws:s3:::${bucketName}`;
    if (document === undefined) {
      access?.removeResourcePolicy(arn);
    } else {
      access?.putResourcePolicy(arn, owner, document);
    }
  };
}
