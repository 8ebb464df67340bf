import { randomUUID } from 'node:crypto';
import { type HttpResponse, toStream } from './http-message';

/** An answer in JSON 1.1. */
export function respond(statusCode: number, body: object): HttpResponse {
  return answer(statusCode, 'application/x-amz-json-1.1', JSON.stringify(body));
}

/** What AWS answers to a request that names no operation at all. */
export function unknownOperation(): HttpResponse {
  return answer(404, 'application/xml', '<UnknownOperationException/>\n');
}

function answer(statusCode: number, contentType: string, text: string): HttpResponse {
  const body = Buffer.from(text);
  const headers = {
    'content-type': contentType,
    'content-length': String(body.length),
    'x-amzn-requestid': randomUUID(),
  };
  return { statusCode, headers, body: toStream(body) };
}
