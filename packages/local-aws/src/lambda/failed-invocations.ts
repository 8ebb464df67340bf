import type { Fault } from '../faults/fault';

/** The invocation of a function that ended otherwise than by an answer or an error of its own, as Step Functions sees it. */
export class InvocationError extends Error {
  constructor(
    public override readonly name: 'Lambda.Unknown' | 'Sandbox.Timedout' | `Lambda.${string}Exception`,
    cause: string,
  ) {
    super(cause);
  }
}

/** In place of an answer: the function goes on until its time is over. */
export const NO_ANSWER = Symbol('no answer');

/** The function's process ends before it has made its call. */
export const crashes: Fault<unknown> = async () => {
  throw processExited();
};

/** The function's process ends when it has made its call. */
export const crashesAfterItsCall: Fault<unknown> = async (invoke) => {
  await ended(invoke());
  throw processExited();
};

/** The function hangs before it has made its call. */
export const timesOut: Fault<unknown> = async () => NO_ANSWER;

/** The function hangs when it has made its call. */
export const timesOutAfterItsCall: Fault<unknown> = async (invoke) => {
  await ended(invoke());
  return NO_ANSWER;
};

/** Too many functions of the account run: this one is not invoked. */
export const tooManyInvocations: Fault<unknown> = async () => {
  throw new InvocationError('Lambda.TooManyRequestsException', 'Rate Exceeded. (Service: Lambda, Status Code: 429)');
};

/** Lambda itself is unwell: the function is not invoked. */
export const serviceError: Fault<unknown> = async () => {
  throw new InvocationError('Lambda.ServiceException', 'Service is unavailable. (Service: Lambda, Status Code: 500)');
};

/** Whoever invokes the function may not. */
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

/** Whether it went well does not matter to a function that does not live to tell. */
async function ended(invocation: Promise<unknown>): Promise<void> {
  await invocation.catch(() => {});
}
