import { respondError, respondJson, TARGET } from '../protocol/aws-json';
import { type HttpRequest, readBody } from '../protocol/http-message';
import { callOperation } from '../protocol/operation';
import type { Permission, ServiceCall } from '../protocol/service-call';
import type { Keys } from './keys';
import { operations } from './operations';

const TARGET_PREFIX = 'TrentService.';

export function isKmsCall({ headers }: HttpRequest): boolean {
  return headers[TARGET]?.startsWith(TARGET_PREFIX) ?? false;
}

/** Reads a call to KMS, which uses AWS JSON 1.1. */
export async function readKmsCall(keys: Keys, request: HttpRequest): Promise<ServiceCall> {
  const operation = (request.headers[TARGET] ?? '').slice(TARGET_PREFIX.length);
  const input: unknown = JSON.parse((await readBody(request)).toString() || '{}');
  return {
    operation,
    input,
    permissions: [describePermission(operation, input as KeyFields, keys)],
    execute: () => respondJson(200, callOperation(operations, operation, keys, input)),
    formatError: (error) => ({ name: error.name, response: respondError(error) }),
  };
}

interface KeyFields {
  readonly KeyId?: string;
  readonly MessageType?: string;
  readonly SigningAlgorithm?: string;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function describePermission(operation: string, input: KeyFields, keys: Keys): Permission {
  const { KeyId, MessageType = 'RAW', SigningAlgorithm } = input;
  return {
    action: `kms:${operation}`,
    resource: KeyId === undefined ? '*' : keys.toArn(KeyId),
    context:
      SigningAlgorithm === undefined
        ? {}
        : { 'kms:MessageType': MessageType, 'kms:SigningAlgorithm': SigningAlgorithm },
  };
}
