import type { Faults } from './faults/faults';
import type { Access } from './iam/access';
import { authorize, type Caller } from './iam/authorize';
import { AwsError } from './protocol/aws-error';
import type { HttpRequest, HttpResponse } from './protocol/http-message';
import type { ServiceCall } from './protocol/service-call';
import type { Sleep } from './time/virtual-clock';

/** A call as it came in, for tests to look at. */
export interface Call {
  at: string;
  operation: string;
  input: unknown;
  /** The name of the error that AWS answered with, or of the fault that ate the answer. */
  error?: string;
}

/** A `requestHandler` for an AWS SDK client: its calls arrive here in-process, and go no further. */
export class AwsRequestHandler {
  /** In the order in which they arrived. */
  public readonly calls: Call[] = [];

  constructor(
    private readonly read: (request: HttpRequest) => Promise<ServiceCall>,
    private readonly faults: Faults<HttpResponse>,
    private readonly now: () => number,
    private readonly sleep: Sleep = async () => {},
    /** How many milliseconds a request takes to AWS, and the answer back. */
    private readonly latency?: () => number,
    /** What callers with a role are held to. @default - they may do everything */
    private readonly access?: Access,
  ) {}

  public handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    return this.handleFor(this.sleep, request);
  }

  /** The same, for a client that has a way of its own to wait for its answers, and perhaps a role. */
  public withSleep(sleep: Sleep, caller?: Caller) {
    return { handle: (request: HttpRequest) => this.handleFor(sleep, request, caller) };
  }

  private async handleFor(sleep: Sleep, request: HttpRequest, caller?: Caller): Promise<{ response: HttpResponse }> {
    const travel = async () => this.latency && sleep(this.latency());
    const serviceCall = await this.read(request);
    await travel();
    const { operation, input } = serviceCall;
    const call: Call = { at: new Date(this.now()).toISOString(), operation, input };
    this.calls.push(call);
    const make = async () =>
      answer(serviceCall, call, async () => {
        if (this.access && caller) {
          authorize(this.access, caller, serviceCall.permissions);
        }
        return serviceCall.make();
      });
    try {
      return { response: await answer(serviceCall, call, () => this.faults.around(operation, input, make)) };
    } finally {
      await travel();
    }
  }
}

/** An `AwsError` is an answer like another; of anything else the caller hears as it would of a broken connection. */
async function answer({ refuse }: ServiceCall, call: Call, make: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await make();
  } catch (error) {
    const { name, response } =
      error instanceof AwsError ? refuse(error) : { name: getErrorName(error), response: undefined };
    call.error = name;
    if (!response) {
      throw error;
    }
    return response;
  }
}

function getErrorName(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
