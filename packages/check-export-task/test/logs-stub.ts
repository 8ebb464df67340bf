import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** CloudWatch Logs over HTTP, as far as one smoke test needs it: an answer for each operation, or none at all. */
export class LogsStub {
  /** An answer with `__type` is an error. An operation without an answer is left waiting. */
  public answers: Record<string, object> = {};
  private heard: (operation: string) => void = () => {};
  private readonly server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('Logs_20140328.', '');
    const answer = this.answers[operation];
    this.heard(operation);
    if (answer) {
      response.writeHead('__type' in answer ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    }
  });

  /** Answers the environment in which the SDK calls this stub. */
  public async listen(): Promise<Record<string, string>> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return {
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
    };
  }

  /** Resolves to the operation of the next call. */
  public nextCall(): Promise<string> {
    return new Promise((resolve) => {
      this.heard = resolve;
    });
  }

  public close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
