import type { HttpRequest } from '../protocol/http-message';
import { hasTargetPrefix, readJsonCall } from '../protocol/json-call';
import type { ServiceCall } from '../protocol/service-call';
import type { StepFunctions } from './step-functions';

const TARGET_PREFIX = 'AWSStepFunctions.';

export function isStepFunctionsCall(request: HttpRequest): boolean {
  return hasTargetPrefix(request, TARGET_PREFIX);
}

/** Reads a call to Step Functions, which uses AWS JSON 1.0. */
export function readStepFunctionsCall(stepFunctions: StepFunctions, request: HttpRequest): Promise<ServiceCall> {
  return readJsonCall(request, {
    targetPrefix: TARGET_PREFIX,
    version: '1.0',
    listPermissions: (operation, input) => [{ action: `states:${operation}`, resource: readResourceArn(input) }],
    call: (operation, input) => stepFunctions.call(operation, input),
  });
}

function readResourceArn(input: unknown): string {
  const { stateMachineArn, mapRunArn, executionArn } = input as Record<string, string | undefined>;
  return stateMachineArn ?? mapRunArn ?? executionArn ?? '*';
}
