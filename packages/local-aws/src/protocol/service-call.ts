import type { Permission } from '../iam/authorize';
import type { AwsError } from './aws-error';
import type { HttpResponse } from './http-message';

/** What a request asks of a service, in the words of the SDK. */
export interface ServiceCall {
  readonly operation: string;
  readonly input: unknown;
  /** What its caller has to be allowed. */
  readonly permissions: readonly Permission[];
  /** Does it, in one synchronous step: nothing comes between a check and a write. Throws an `AwsError` to refuse it. */
  make(): HttpResponse;
  /** An error as this service calls it and writes it. */
  refuse(error: AwsError): { name: string; response: HttpResponse };
}
