import { randomBytes } from 'node:crypto';
import { type HttpResponse, toStream } from '../../protocol/http-message';

export function respond(
  statusCode: number,
  headers: Record<string, string>,
  content: string | Buffer = '',
): HttpResponse {
  const body = Buffer.from(content);
  return {
    statusCode,
    headers: {
      'content-length': String(body.length),
      'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
      ...headers,
    },
    body: toStream(body),
  };
}
