import type { Permission } from '../protocol/service-call';
import type { S3Request } from './operations/operation';

/**
 * Returns the permissions that a request needs.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function listPermissions(operation: string, { bucketName, key, query, headers }: S3Request): Permission[] {
  const bucket = `arn:aws:s3:::${bucketName}`;
  const object = `${bucket}/${key}`;
  switch (operation) {
    case 'PutObject': {
      const condition = headers['if-none-match'];
      const context = {
        's3:ObjectCreationOperation': 'true',
        ...(condition === undefined ? {} : { 's3:if-none-match': condition }),
      };
      return [{ action: 's3:PutObject', resource: object, context }];
    }
    case 'GetObject':
    case 'HeadObject':
      return [{ action: 's3:GetObject', resource: object }];
    case 'RestoreObject':
    case 'DeleteObject':
      return [{ action: `s3:${operation}`, resource: object }];
    case 'CreateBucket':
    case 'DeleteBucket':
    case 'PutBucketPolicy':
      return [{ action: `s3:${operation}`, resource: bucket }];
    case 'ListObjectsV2': {
      const context: Record<string, string> = query.prefix === undefined ? {} : { 's3:prefix': query.prefix };
      return [{ action: 's3:ListBucket', resource: bucket, context }];
    }
    default:
      return [];
  }
}
