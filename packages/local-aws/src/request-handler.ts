import type { Faults } from './faults/faults';
import type { Access } from './iam/access';
import { authorize, type Caller } from './iam/authorize';
import { AwsError } from './protocol/aws-error';
import type { HttpRequest, HttpResponse } from './protocol/http-message';
import type { ServiceCall } from './protocol/service-call';
import type { Sleep } from './time/virtual-clock';

/** A call that a request handler received. */
export interface RecordedCall {
  at: string;
  operation: string;
  input: unknown;
  /** Name of AWS's error, or of the fault that replaced the answer. */
  error?: string;
}

/** A `requestHandler` for an AWS SDK client that answers calls in-process, without any network. */
export class AwsRequestHandler {
  /** Calls in the order of arrival. */
  public readonly calls: RecordedCall[] = [];

  constructor(
    private readonly read: (request: HttpRequest) => Promise<ServiceCall>,
    private readonly faults: Faults<HttpResponse>,
    private readonly now: () => number,
    private readonly sleep: Sleep = async () => {},
    /** Returns the milliseconds that a request takes to AWS, or an answer back. */
    private readonly latency?: () => number,
    /** Policies for callers with a role. @default - all calls are allowed */
    private readonly access?: Access,
    /** Returns the role whose session signed a request. @default - all calls are those of the tests themselves */
    private readonly findCaller: (request: HttpRequest) => Caller | undefined = () => undefined,
  ) {}

  public handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    return this.handleFor(this.sleep, request);
  }

  /** Returns a request handler for a client that waits for its answers with `sleep`, and that may have a role. */
  public withSleep(sleep: Sleep, caller?: Caller) {
    return { handle: (request: HttpRequest) => this.handleFor(sleep, request, caller) };
  }

  private async handleFor(
    sleep: Sleep,
    request: HttpRequest,
    caller: Caller | undefined = this.findCaller(request),
  ): Promise<{ response: HttpResponse }> {
    const travel = async () => this.latency && sleep(this.latency());
    const serviceCall = await this.read(request);
    await travel();
    const { operation, input } = serviceCall;
    const call: RecordedCall = { at: new Date(this.now()).toISOString(), operation, input };
    this.calls.push(call);
    const execute = async () =>
      answer(serviceCall, call, async () => {
        if (this.access && caller) {
          authorize(this.access, caller, serviceCall.permissions);
        }
        return serviceCall.execute();
      });
    try {
      return { response: await answer(serviceCall, call, () => this.faults.around(operation, input, execute)) };
    } finally {
      await travel();
    }
  }
}

/** Formats an `AwsError` as an answer. Any other error is thrown, like the error of a broken connection. */
async function answer(
  { formatError }: ServiceCall,
  call: RecordedCall,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  try {
    return await execute();
  } catch (error) {
    if (!(error instanceof AwsError)) {
      call.error = error instanceof Error ? error.name : String(error);
      throw error;
    }
    const { name, response } = formatError(error);
    call.error = name;
    return response;
  }
}
