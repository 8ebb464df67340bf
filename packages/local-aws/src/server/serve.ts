import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { HttpResponse } from '../protocol/http-message';
import type { AwsRequestHandler } from '../request-handler';
import type { Clock } from '../time/clock';
import { handleClockRequest } from './clock-endpoint';

export interface ServeLogsOptions {
  readonly requestHandler: AwsRequestHandler;
  readonly clock: Clock;
  /** @default - any free port */
  readonly port?: number;
}

export interface LogsServer {
  /** Value for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Serves CloudWatch Logs, and the other services of the handler, over HTTP to clients on this machine only. */
export async function serveLogs({ requestHandler, clock, port = 0 }: ServeLogsOptions): Promise<LogsServer> {
  const handle = async (request: IncomingMessage): Promise<HttpResponse> => {
    const body = Buffer.concat(await request.toArray());
    if (request.url === '/_clock') {
      return handleClockRequest(clock, request.method, body.toString());
    }
    const { method, headers } = request;
    const { hostname, searchParams } = new URL(request.url ?? '/', `http://${headers.host ?? HOST}`);
    // A URL has no segments `..`, but keys of S3 can have them.
    const [path = '/'] = (request.url ?? '/').split('?');
    const query = Object.fromEntries(searchParams);
    const httpRequest = { method, hostname, path, query, headers: headers as Record<string, string>, body };
    return (await requestHandler.handle(httpRequest)).response;
  };
  const server = createServer((request, response) => {
    // A call that throws got no answer from AWS, so this client gets none.
    handle(request)
      .then((answer) => send(answer, response))
      .catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const { port: listeningOn } = server.address() as AddressInfo;
  return {
    endpoint: `http://${HOST}:${listeningOn}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function send({ statusCode, headers, body }: HttpResponse, response: ServerResponse) {
  response.writeHead(statusCode, headers);
  await pipeline(body, response);
}
