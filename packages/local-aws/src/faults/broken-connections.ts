import type { HttpResponse } from '../protocol/http-message';
import type { Fault } from './fault';

/** The connection breaks before AWS has the call. */
export const cutSocket: Fault<HttpResponse> = async () => {
  throw connectionReset();
};

/** AWS does what it was asked, and the connection breaks before its answer arrives. */
export const lostAnswer: Fault<HttpResponse> = async (makeCall) => {
  await makeCall();
  throw connectionReset();
};

/** DNS knows no address of AWS. */
export const unresolvedName: Fault<HttpResponse> = async () => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND logs.ap-northeast-1.amazonaws.com'), { code: 'ENOTFOUND' });
};

/** By the name that the SDK's own request handler gives it. */
function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
}
