import { AwsError } from '../../protocol/aws-error';
import type { HttpResponse } from '../../protocol/http-message';
import { respond } from './response';
import { xmlDocument } from './xml';

/** An error of S3, with fields in addition to Code and Message. */
export class S3Error extends AwsError {
  constructor(
    code: string,
    message: string,
    statusCode: number,
    public readonly fields: Readonly<Record<string, string | number>> = {},
  ) {
    super(code, message, statusCode);
  }
}

/** Errors of S3 that correspond to those of other services. */
const IN_S3 = new Map([
  ['ThrottlingException', new S3Error('SlowDown', 'Please reduce your request rate.', 503)],
  [
    'ServiceUnavailableException',
    new S3Error('InternalError', 'We encountered an internal error. Please try again.', 500),
  ],
  ['AccessDeniedException', new S3Error('AccessDenied', 'Access Denied', 403)],
]);

/** Formats an error as S3 does. The answer to a HEAD request has only a status, and no body. */
export function formatS3Error(error: AwsError, method?: string): { name: string; response: HttpResponse } {
  const inS3 = IN_S3.get(error.name) ?? error;
  const { name, message, statusCode } = inS3;
  const fields = inS3 instanceof S3Error ? inS3.fields : {};
  const document = xmlDocument('Error', { Code: name, Message: message, ...fields });
  const body = method === 'HEAD' ? '' : document;
  return { name, response: respond(statusCode, { 'content-type': 'application/xml' }, body) };
}

export function noSuchBucket(bucketName: string): S3Error {
  return new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucketName });
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
}
