import type { HttpResponse } from '../protocol/http-message';
import type { Fault } from './fault';

/** The connection breaks before AWS receives the call. */
export const cutSocket: Fault<HttpResponse> = async () => {
  throw connectionReset();
};

/** AWS executes the call, and the connection breaks before the answer arrives. */
export const lostAnswer: Fault<HttpResponse> = async (makeCall) => {
  await makeCall();
  throw connectionReset();
};

/** DNS does not resolve the endpoint. */
export const unresolvedName: Fault<HttpResponse> = async () => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND logs.ap-northeast-1.amazonaws.com'), { code: 'ENOTFOUND' });
};

/** Creates the error that the SDK's own request handler throws. */
function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
}
