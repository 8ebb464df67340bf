import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { TARGET } from '../logs/logs-call';
import { unknownOperation } from '../protocol/aws-json';
import type { HttpResponse } from '../protocol/http-message';
import type { AwsRequestHandler } from '../request-handler';
import type { Clock } from '../time/clock';
import { handleClockRequest } from './clock-endpoint';

export interface ServeLogsOptions {
  readonly requestHandler: AwsRequestHandler;
  readonly clock: Clock;
  /** @default - any that is free */
  readonly port?: number;
}

export interface LogsServer {
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** CloudWatch Logs, and what else the handler knows, over HTTP, for clients on this machine only. */
export async function serveLogs({ requestHandler, clock, port = 0 }: ServeLogsOptions): Promise<LogsServer> {
  const answer = async (request: IncomingMessage): Promise<HttpResponse> => {
    const body = Buffer.concat(await request.toArray());
    if (request.url === '/_clock') {
      return handleClockRequest(clock, request.method, body.toString());
    }
    const { method, headers } = request;
    const { hostname, pathname: path, searchParams } = new URL(request.url ?? '/', `http://${headers.host ?? HOST}`);
    // S3 alone has calls that are named by their method and path; none of them is this.
    if (headers[TARGET] === undefined && method === 'POST' && path === '/') {
      return unknownOperation();
    }
    const query = Object.fromEntries(searchParams);
    const asked = { method, hostname, path, query, headers: headers as Record<string, string>, body };
    return (await requestHandler.handle(asked)).response;
  };
  const server = createServer((request, response) => {
    // A call that throws has got no answer from AWS: nor does this client get one.
    answer(request)
      .then((answered) => send(answered, response))
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
