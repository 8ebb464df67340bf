import { respond } from '../protocol/aws-json';
import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { listPermissions } from './permissions';

export const TARGET = 'x-amz-target';
const TARGET_PREFIX = 'Logs_20140328.';

/** Reads a call of CloudWatch Logs, which is JSON 1.1. */
export async function readLogsCall(logs: CloudWatchLogs, request: HttpRequest): Promise<ServiceCall> {
  const target = request.headers[TARGET] ?? '';
  const operation = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target;
  const input = parse((await readBody(request)).toString() || '{}');
  return {
    operation,
    input,
    permissions: listPermissions(operation, input, logs.logGroupArns),
    make: () => respond(200, logs.call(operation, input)),
    refuse: ({ name, message, statusCode }) => ({
      name,
      // AWS leaves the message out where there is none.
      response: respond(statusCode, { __type: name, message: message || undefined }),
    }),
  };
}

/** Undefined is no input that an operation takes. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
