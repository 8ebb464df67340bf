import { Readable } from 'node:stream';
import type { Fault } from '@log-archiver/local-aws';

/** AWS answers this and does nothing. */
export function answers(statusCode: number, body: object): Fault {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return async () => ({ statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) });
}

/** AWS answers with an error and does nothing. */
export function refuses(name: string, message: string): Fault {
  return answers(400, { __type: name, message });
}
