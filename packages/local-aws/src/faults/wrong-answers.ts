import { AwsError } from '../protocol/aws-error';
import { respond } from '../protocol/aws-json';
import { type HttpResponse, toStream } from '../protocol/http-message';
import type { Fault } from './fault';

/** AWS answers this in JSON, and does nothing. */
export function answers(statusCode: number, body: object): Fault<HttpResponse> {
  return async () => respond(statusCode, body);
}

/** AWS answers with an error, in the form and with the name that the called service has for it, and does nothing. */
export function refuses(name: string, message: string, statusCode = 400): Fault<HttpResponse> {
  return async () => {
    throw new AwsError(name, message, statusCode);
  };
}

export const throttled = refuses('ThrottlingException', 'Rate exceeded');

export const unavailable = refuses('ServiceUnavailableException', 'The service cannot complete the request.', 500);

export const GET_BUCKET_ACL_FAILED =
  'GetBucketAcl call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.';

/** The bucket's policy does not let CloudWatch Logs in. */
export const bucketPolicyMissing = refuses('AccessDeniedException', GET_BUCKET_ACL_FAILED);

/** The same, as AWS called it in 2023. */
export const bucketPolicyInvalid = refuses('InvalidParameterException', GET_BUCKET_ACL_FAILED);

/** Something between the function and AWS answers, in HTML. */
export function proxyPage(statusCode: 502 | 503): Fault<HttpResponse> {
  const title = { 502: '502 Bad Gateway', 503: '503 Service Unavailable' }[statusCode];
  const page = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return async () => ({
    statusCode,
    headers: { 'content-type': 'text/html' },
    body: toStream(Buffer.from(page)),
  });
}
