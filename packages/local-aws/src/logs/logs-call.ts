import { respondError, respondJson, TARGET } from '../protocol/aws-json';
import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { listPermissions } from './permissions';

const TARGET_PREFIX = 'Logs_20140328.';

/** Reads a call to CloudWatch Logs, which uses AWS JSON 1.1. */
export async function readLogsCall(logs: CloudWatchLogs, request: HttpRequest): Promise<ServiceCall> {
  const target = request.headers[TARGET] ?? '';
  const operation = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target;
  const input = parse((await readBody(request)).toString() || '{}');
  return {
    operation,
    input,
    permissions: listPermissions(operation, input, logs),
    execute: () => respondJson(200, logs.call(operation, input)),
    formatError: (error) => ({ name: error.name, response: respondError(error) }),
  };
}

/** Parses a body as JSON. Returns undefined, which no operation accepts, if it is not JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
