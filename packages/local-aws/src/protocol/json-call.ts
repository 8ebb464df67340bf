import { type JsonVersion, respondError, respondJson, TARGET } from './aws-json';
import { type HttpRequest, readBody } from './http-message';
import type { Permission, ServiceCall } from './service-call';

/** A service that uses the AWS JSON protocol. */
export interface JsonService {
  /** Text before the operation in the target header. */
  readonly targetPrefix: string;
  readonly version: JsonVersion;
  /** @default JSON.parse */
  readonly parse?: (body: string) => unknown;
  listPermissions(operation: string, input: unknown): readonly Permission[];
  call(operation: string, input: unknown): object;
}

/** Whether the target header of a request starts with this prefix. */
export function hasTargetPrefix({ headers }: HttpRequest, targetPrefix: string): boolean {
  return headers[TARGET]?.startsWith(targetPrefix) ?? false;
}

/** Reads a call to a service. A target without the service's prefix is the operation. */
export async function readJsonCall(
  request: HttpRequest,
  { targetPrefix, version, parse = JSON.parse, listPermissions, call }: JsonService,
): Promise<ServiceCall> {
  const target = request.headers[TARGET] ?? '';
  const operation = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : target;
  const input = parse((await readBody(request)).toString() || '{}');
  return {
    operation,
    input,
    permissions: listPermissions(operation, input),
    execute: () => respondJson(200, call(operation, input), version),
    formatError: (error) => ({ name: error.name, response: respondError(error, version) }),
  };
}
