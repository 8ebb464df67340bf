import { type HttpResponse, respond } from './logs/http';

/** What goes wrong with a call: it decides whether the call is made, and what its caller sees. */
export type Fault = (makeCall: () => Promise<HttpResponse>) => Promise<HttpResponse>;

/** AWS does what it was asked, and the connection breaks before its answer arrives. */
export const lostAnswer: Fault = async (makeCall) => {
  await makeCall();
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
};

/** AWS answers this, and does nothing. */
export function answers(statusCode: number, body: object): Fault {
  return async () => respond(statusCode, body);
}

/** AWS answers with an error, and does nothing. */
export function refuses(name: string, message: string): Fault {
  return answers(400, { __type: name, message });
}

/** The faults that are arranged, by operation. */
export class Faults {
  private readonly arranged = new Map<string, Fault[]>();

  /** Lets the next calls of an operation go wrong, one fault each. */
  public arrange(operation: string, ...faults: Fault[]) {
    this.arranged.set(operation, [...(this.arranged.get(operation) ?? []), ...faults]);
  }

  public around(operation: string, makeCall: () => Promise<HttpResponse>): Promise<HttpResponse> {
    const fault = this.arranged.get(operation)?.shift();
    return fault ? fault(makeCall) : makeCall();
  }
}
