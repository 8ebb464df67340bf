import { text } from 'node:stream/consumers';
import { AwsError } from '../protocol/aws-error';
import { respondJson } from '../protocol/aws-json';
import { type HttpResponse, toStream } from '../protocol/http-message';
import type { Fault } from './fault';

/** AWS answers with this JSON, and does not execute the call. */
export function answers(statusCode: number, body: object): Fault<HttpResponse> {
  return async () => respondJson(statusCode, body);
}

/** AWS executes the call, and its answer, which is JSON, differs from the one of local-aws. An error is not changed. */
export function answersOtherwise(change: (answer: never) => object): Fault<HttpResponse> {
  return async (makeCall) => {
    const { statusCode, body } = await makeCall();
    const answer: object = JSON.parse(await text(body));
    return respondJson(statusCode, statusCode === 200 ? change(answer as never) : answer);
  };
}

/** AWS answers with an error, formatted and named as by the called service, and does not execute the call. */
export function refuses(name: string, message: string, statusCode = 400): Fault<HttpResponse> {
  return async () => {
    throw new AwsError(name, message, statusCode);
  };
}

/** A policy of the organization denies the call. */
export const accessDenied = refuses(
  'AccessDeniedException',
  'User is not authorized to perform this action with an explicit deny in a service control policy',
);

export const throttled = refuses('ThrottlingException', 'Rate exceeded');

export const unavailable = refuses('ServiceUnavailableException', 'The service cannot complete the request.', 500);

/** A proxy between the caller and AWS answers with an HTML page. */
export function proxyPage(statusCode: 502 | 503): Fault<HttpResponse> {
  const title = { 502: '502 Bad Gateway', 503: '503 Service Unavailable' }[statusCode];
  const page = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return async () => ({
    statusCode,
    headers: { 'content-type': 'text/html' },
    body: toStream(Buffer.from(page)),
  });
}
