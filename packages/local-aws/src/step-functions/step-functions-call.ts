import { TARGET } from '../logs/logs-call';
import { respond } from '../protocol/aws-json';
import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import type { StepFunctions } from './step-functions';

const TARGET_PREFIX = 'AWSStepFunctions.';

export function isStepFunctionsCall({ headers }: HttpRequest): boolean {
  return headers[TARGET]?.startsWith(TARGET_PREFIX) ?? false;
}

/** Reads a call of Step Functions, which is JSON 1.0. */
export async function readStepFunctionsCall(stepFunctions: StepFunctions, request: HttpRequest): Promise<ServiceCall> {
  const operation = (request.headers[TARGET] ?? '').slice(TARGET_PREFIX.length);
  const input: unknown = JSON.parse((await readBody(request)).toString() || '{}');
  const json10 = (statusCode: number, body: object) => {
    const response = respond(statusCode, body);
    return { ...response, headers: { ...response.headers, 'content-type': 'application/x-amz-json-1.0' } };
  };
  return {
    operation,
    input,
    permissions: [{ action: `states:${operation}`, resource: readResourceArn(input) }],
    make: () => json10(200, stepFunctions.call(operation, input)),
    refuse: ({ name, message, statusCode }) => ({
      name,
      response: json10(statusCode, { __type: name, message: message || undefined }),
    }),
  };
}

function readResourceArn(input: unknown): string {
  const { stateMachineArn, executionArn } = input as { stateMachineArn?: string; executionArn?: string };
  return stateMachineArn ?? executionArn ?? '*';
}
