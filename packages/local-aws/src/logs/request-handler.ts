import { AwsError } from '../aws-error';
import type { Faults } from '../faults/faults';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { bodyOf, type HttpRequest, type HttpResponse, respond } from './http';

/** A call as it came in, for tests to look at. */
export interface Call {
  at: string;
  operation: string;
  input: unknown;
  /** The name of the error that AWS answered with, or of the fault that ate the answer. */
  error?: string;
}

/** A `requestHandler` for an AWS SDK client: its calls arrive here in-process, as JSON 1.1, and go no further. */
export class LogsRequestHandler {
  public readonly calls: Call[] = [];

  constructor(
    private readonly logs: CloudWatchLogs,
    private readonly faults: Faults<HttpResponse>,
    private readonly now: () => number,
  ) {}

  public async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
    const input: unknown = JSON.parse(bodyOf(request));
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
      return respond(error.statusCode, { __type: error.name, message: error.message });
    }
  }
}
