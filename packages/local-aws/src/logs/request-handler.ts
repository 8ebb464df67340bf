import { AwsError } from '../aws-error';
import type { Faults } from '../faults/faults';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { bodyOf, type HttpRequest, type HttpResponse, respond, unknownOperation } from './http';

/** A call as it came in, for tests to look at. */
export interface Call {
  at: string;
  operation: string;
  input: unknown;
  /** The name of the error that AWS answered with, or of the fault that ate the answer. */
  error?: string;
}

const TARGET_PREFIX = 'Logs_20140328.';

/** A `requestHandler` for an AWS SDK client: its calls arrive here in-process, as JSON 1.1, and go no further. */
export class LogsRequestHandler {
  public readonly calls: Call[] = [];

  constructor(
    private readonly logs: CloudWatchLogs,
    private readonly faults: Faults<HttpResponse>,
    private readonly now: () => number,
  ) {}

  public async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const target = request.headers['x-amz-target'];
    if (target === undefined) {
      return { response: unknownOperation() };
    }
    const operation = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target;
    const input = parse(bodyOf(request));
    const call: Call = { at: new Date(this.now()).toISOString(), operation, input };
    this.calls.push(call);
    try {
      return { response: await this.faults.around(operation, input, async () => this.answer(call)) };
    } catch (error) {
      call.error = error instanceof Error ? error.name : String(error);
      throw error;
    }
  }

  private answer(call: Call): HttpResponse {
    try {
      return respond(200, this.logs.call(call.operation, call.input));
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      call.error = error.name;
      // AWS leaves the message out where there is none.
      return respond(error.statusCode, { __type: error.name, message: error.message || undefined });
    }
  }
}

/** Undefined is no input that an operation takes. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
