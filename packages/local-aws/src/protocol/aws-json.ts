import { randomUUID } from 'node:crypto';
import type { AwsError } from './aws-error';
import { type HttpResponse, toStream } from './http-message';

/** Header that names the service and the operation of a call. */
export const TARGET = 'x-amz-target';

/** Version of the AWS JSON protocol; CloudWatch Logs uses 1.1, Step Functions 1.0. */
export type JsonVersion = '1.0' | '1.1';

export function respondJson(statusCode: number, body: object, version: JsonVersion = '1.1'): HttpResponse {
  return respond(statusCode, `application/x-amz-json-${version}`, JSON.stringify(body));
}

/** Formats an error; AWS omits an empty message. */
export function respondError({ name, message, statusCode }: AwsError, version: JsonVersion = '1.1'): HttpResponse {
  return respondJson(statusCode, { __type: name, message: message || undefined }, version);
}

function respond(statusCode: number, contentType: string, text: string): HttpResponse {
  const body = Buffer.from(text);
  const headers = {
    'content-type': contentType,
    'content-length': String(body.length),
    'x-amzn-requestid': randomUUID(),
  };
  return { statusCode, headers, body: toStream(body) };
}
