import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A request in the form that the SDK passes to its request handler. */
export interface HttpRequest {
  method?: string;
  hostname?: string;
  /** Percent-encoded. */
  path?: string;
  query?: Record<string, string | string[] | null>;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/**
 * Returns a stream of bytes that are already in memory.
 *
 * `Readable.from` would wait several times before it delivers them.
 */
export function toStream(bytes: Buffer): Readable {
  return new Readable({
    read() {
      this.push(bytes);
      this.push(null);
    },
  });
}

/** Reads the whole body, in whichever form the client passes it. */
export async function readBody({ body = '' }: HttpRequest): Promise<Buffer> {
  if (typeof body === 'string') {
    return Buffer.from(body);
  }
  return ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : buffer(body);
}
