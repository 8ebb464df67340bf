import type { HttpRequest } from '../protocol/http-message';
import { hasTargetPrefix, readJsonCall } from '../protocol/json-call';
import { callOperation } from '../protocol/operation';
import type { Permission, ServiceCall } from '../protocol/service-call';
import type { Keys } from './keys';
import { operations } from './operations';

const TARGET_PREFIX = 'TrentService.';

export function isKmsCall(request: HttpRequest): boolean {
  return hasTargetPrefix(request, TARGET_PREFIX);
}

/** Reads a call to KMS, which uses AWS JSON 1.1. */
export function readKmsCall(keys: Keys, request: HttpRequest): Promise<ServiceCall> {
  return readJsonCall(request, {
    targetPrefix: TARGET_PREFIX,
    version: '1.1',
    listPermissions: (operation, input) => [describePermission(operation, input as KeyFields, keys)],
    call: (operation, input) => callOperation(operations, operation, keys, input),
  });
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
