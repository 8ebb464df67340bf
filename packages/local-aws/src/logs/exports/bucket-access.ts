import type { Access } from '../../iam/access';
import { AwsError } from '../../protocol/aws-error';
import type { CreateExportTaskInput } from './export-task';
import { formatTestObjectKey } from './test-object';

export const GET_BUCKET_ACL_FAILED =
  'GetBucketAcl call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.';
const PUT_OBJECT_FAILED = GET_BUCKET_ACL_FAILED.replace('GetBucketAcl', 'PutObject');

/** Access of CloudWatch Logs itself to the destination buckets. */
export class BucketAccess {
  constructor(
    private readonly access: Access,
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  /**
   * Throws an `AwsError` unless the bucket's policy allows CloudWatch Logs to read the ACL and to write.
   *
   * A bucket that no stack defines has no policy to evaluate, so everything is allowed.
   */
  public authorize({ logGroupName, destination, destinationPrefix }: CreateExportTaskInput) {
    const bucket = `arn:aws:s3:::${destination}`;
    const source = {
      'aws:SourceAccount': this.accountId,
      'aws:SourceArn': `arn:aws:logs:${this.region}:${this.accountId}:log-group:${logGroupName}`,
    };
    const write = {
      ...source,
      's3:x-amz-acl': 'bucket-owner-full-control',
      's3:ObjectCreationOperation': 'true',
    };
    if (!this.access.governs(bucket)) {
      return;
    }
    if (!this.isAllowed('s3:GetBucketAcl', bucket, source)) {
      throw new AwsError('AccessDeniedException', GET_BUCKET_ACL_FAILED);
    }
    if (!this.isAllowed('s3:PutObject', `${bucket}/${formatTestObjectKey(destinationPrefix)}`, write)) {
      throw new AwsError('AccessDeniedException', PUT_OBJECT_FAILED);
    }
  }

  private isAllowed(action: string, resource: string, context: Record<string, string>): boolean {
    const principal = `logs.${this.region}.amazonaws.com`;
    return this.access.decide({ principal, action, resource, context }) === 'ALLOWED';
  }
}
