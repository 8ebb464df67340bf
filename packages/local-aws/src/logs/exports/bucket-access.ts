import { GET_BUCKET_ACL_FAILED } from '../../faults/wrong-answers';
import type { Access } from '../../iam/access';
import { AwsError } from '../../protocol/aws-error';
import type { ExportTask } from './export-task';

const PUT_OBJECT_FAILED = GET_BUCKET_ACL_FAILED.replace('GetBucketAcl', 'PutObject');

/** What CloudWatch Logs itself may do at the buckets that it exports to. */
export class BucketAccess {
  constructor(
    private readonly access: Access,
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  /**
   * Throws an `AwsError` unless the bucket's policy lets CloudWatch Logs look at it, and write there. A bucket that is of no
   * stack has none to ask.
   */
  public authorize({ logGroupName, destination, destinationPrefix }: Omit<ExportTask, 'taskId'>) {
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
    if (!this.isAllowed('s3:PutObject', `${bucket}/${destinationPrefix}/aws-logs-write-test`, write)) {
      throw new AwsError('AccessDeniedException', PUT_OBJECT_FAILED);
    }
  }

  private isAllowed(action: string, resource: string, context: Record<string, string>): boolean {
    const principal = `logs.${this.region}.amazonaws.com`;
    return this.access.decide({ principal, action, resource, context }) === 'ALLOWED';
  }
}
