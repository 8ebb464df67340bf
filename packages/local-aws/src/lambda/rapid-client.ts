import NodeModule = require('node:module');

/**
 * Replacement for the native client of aws-lambda-ric, which would have to be compiled.
 *
 * It is loaded into the process of a function before aws-lambda-ric, and uses the Runtime API over HTTP:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const invocations = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
let sent: Promise<unknown> = Promise.resolve();

const client = {
  async next() {
    await sent;
    const response = await fetch(`${invocations}/next`);
    return { bodyJson: await response.text(), headers: Object.fromEntries(response.headers) };
  },
  done(id: string, body: string) {
    sent = fetch(`${invocations}/${id}/response`, { method: 'POST', body });
  },
  error(id: string, body: string) {
    sent = fetch(`${invocations}/${id}/error`, { method: 'POST', body });
  },
};

const loader = NodeModule as unknown as { _load(request: string, ...rest: unknown[]): unknown };
const load = loader._load;
loader._load = (request, ...rest) => (request === './rapid-client.node' ? client : load(request, ...rest));
