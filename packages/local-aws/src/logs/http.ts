import { Readable } from 'node:stream';

export interface HttpRequest {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/** The body as text, however the client has it. */
export function bodyOf({ body = '{}' }: HttpRequest): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

/** An answer in JSON 1.1. */
export function respond(statusCode: number, body: object): HttpResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) };
}
