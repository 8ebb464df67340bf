import { respondError, respondJson, TARGET } from '../protocol/aws-json';
import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import type { StepFunctions } from './step-functions';

const TARGET_PREFIX = 'AWSStepFunctions.';

export function isStepFunctionsCall({ headers }: HttpRequest): boolean {
  return headers[TARGET]?.startsWith(TARGET_PREFIX) ?? false;
}

/** Reads a call to Step Functions, which uses AWS JSON 1.0. */
export async function readStepFunctionsCall(stepFunctions: StepFunctions, request: HttpRequest): Promise<ServiceCall> {
  const operation = (request.headers[TARGET] ?? '').slice(TARGET_PREFIX.length);
  const input: unknown = JSON.parse((await readBody(request)).toString() || '{}');
  return {
    operation,
    input,
    permissions: [{ action: `states:${operation}`, resource: readResourceArn(input) }],
    execute: () => respondJson(200, stepFunctions.call(operation, input), '1.0'),
    formatError: (error) => ({ name: error.name, response: respondError(error, '1.0') }),
  };
}

function readResourceArn(input: unknown): string {
  const { stateMachineArn, executionArn } = input as { stateMachineArn?: string; executionArn?: string };
  return stateMachineArn ?? executionArn ?? '*';
}
