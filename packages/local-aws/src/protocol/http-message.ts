import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A request as the SDK hands it to its request handler. */
export interface HttpRequest {
  method?: string;
  hostname?: string;
  /** Percent-encoded. */
  path?: string;
  query?: Record<string, string | string[] | null>;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/** What is read as a body is all there at once: for that, `Readable.from` would do a lot of waiting. */
export function toStream(bytes: Buffer): Readable {
  return new Readable({
    read() {
      this.push(bytes);
      this.push(null);
    },
  });
}

/** The body, however the client has it. */
export async function readBody({ body = '' }: HttpRequest): Promise<Buffer> {
  if (typeof body === 'string') {
    return Buffer.from(body);
  }
  return ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : buffer(body);
}
