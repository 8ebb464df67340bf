import { runHandler } from '@log-archiver/aws-clients/run-handler';
import { readBinding, type VerificationRun } from '@log-archiver/core';
import { type ClientOptions, type Clients, createClients } from './clients';
import { planVerification } from './plan/plan-verification';
import { verifyReceipts } from './receipts/verify-receipts';
import { writeStatements } from './statements/write-statements';

export interface HandlerOptions extends ClientOptions {
  /** Environment variables that bind the function to its bucket. @default - those of the process */
  readonly environment?: Record<string, string | undefined>;
}

type Operation<Request, Response> = (request: Request, s3BucketName: string, clients: Clients) => Promise<Response>;

/** Creates the handler that plans a run, on the given transport, clock and log. */
export function createPlanHandler(options: HandlerOptions = {}) {
  return createHandler('PlanVerification', planVerification, options);
}

/** Creates the handler that verifies a batch of receipts. */
export function createVerifyHandler(options: HandlerOptions = {}) {
  return createHandler('VerifyReceipts', verifyReceipts, options);
}

/** Creates the handler that writes the statements of a run. */
export function createReportHandler(options: HandlerOptions = {}) {
  return createHandler('WriteStatements', writeStatements, options);
}

export const planHandler = createPlanHandler();
export const verifyHandler = createVerifyHandler();
export const reportHandler = createReportHandler();

function createHandler<Request extends { run: VerificationRun }, Response>(
  name: string,
  operation: Operation<Request, Response>,
  { environment = process.env, ...options }: HandlerOptions,
): (request: Request) => Promise<Response> {
  const clients = createClients(options);
  return (request) =>
    runHandler(
      name,
      { execution: request?.run?.id },
      async () => operation(request, readBinding(environment).s3BucketName, clients),
      clients,
    );
}
