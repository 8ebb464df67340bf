import type { Fault } from '../faults/fault';

/** Failure of an invocation in which the function neither answered nor threw, as Step Functions receives it. */
export class InvocationError extends Error {
  constructor(
    public override readonly name: 'Lambda.Unknown' | 'Sandbox.Timedout' | `Lambda.${string}Exception`,
    cause: string,
  ) {
    super(cause);
  }
}

/** Placeholder answer of a function that hangs until its timeout. */
export const NO_ANSWER = Symbol('no answer');

/** The function's process exits before its first call. */
export const crashes: Fault<unknown> = async () => {
  throw processExited();
};

/** The function's process exits after its calls. */
export const crashesAfterItsCall: Fault<unknown> = async (invoke) => {
  await waitForEnd(invoke());
  throw processExited();
};

/** The function hangs before its first call. */
export const timesOut: Fault<unknown> = async () => NO_ANSWER;

/** The function hangs after its calls. */
export const timesOutAfterItsCall: Fault<unknown> = async (invoke) => {
  await waitForEnd(invoke());
  return NO_ANSWER;
};

/** The account's concurrency limit is reached, and the function is not invoked. */
export const tooManyInvocations: Fault<unknown> = async () => {
  throw new InvocationError('Lambda.TooManyRequestsException', 'Rate Exceeded. (Service: Lambda, Status Code: 429)');
};

/** Lambda fails with a service error, and the function is not invoked. */
export const serviceError: Fault<unknown> = async () => {
  throw new InvocationError('Lambda.ServiceException', 'Service is unavailable. (Service: Lambda, Status Code: 500)');
};

/** Creates the failure of an invocation that the caller is not authorized to make. */
export function invocationDenied({ name, message }: Error): InvocationError {
  return new InvocationError(
    'Lambda.AWSLambdaException',
    `${message} (Service: AWSLambda; Status Code: 403; Error Code: ${name}; Request ID: local; Proxy: null)`,
  );
}

function processExited(): InvocationError {
  const payload = JSON.stringify({ errorMessage: 'RequestId: local Process exited before completing request' });
  return new InvocationError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}

/** Waits for the end of an invocation, and ignores its result, because the process exits or hangs anyway. */
async function waitForEnd(invocation: Promise<unknown>): Promise<void> {
  await invocation.catch(() => {});
}
