import type { HttpRequest } from '../protocol/http-message';
import { readJsonCall } from '../protocol/json-call';
import type { ServiceCall } from '../protocol/service-call';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { listPermissions } from './permissions';

/** Reads a call to CloudWatch Logs, which uses AWS JSON 1.1. */
export function readLogsCall(logs: CloudWatchLogs, request: HttpRequest): Promise<ServiceCall> {
  return readJsonCall(request, {
    targetPrefix: 'Logs_20140328.',
    version: '1.1',
    parse,
    listPermissions: (operation, input) => listPermissions(operation, input, logs),
    call: (operation, input) => logs.call(operation, input),
  });
}

/** Parses a body as JSON. Returns undefined, which no operation accepts, if it is not JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
