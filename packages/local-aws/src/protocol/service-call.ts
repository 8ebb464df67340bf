import type { AwsError } from './aws-error';
import type { HttpResponse } from './http-message';

/** Permission that the caller of an operation needs. */
export interface Permission {
  readonly action: string;
  /** An ARN, or `*` for an action without a resource type. */
  readonly resource: string;
  /** Account that owns the resource. @default - the account in the resource's ARN; for `*`, the principal's */
  readonly owner?: string;
  /** Condition keys of the request, in addition to those that every request of its principal has. @default - none */
  readonly context?: Readonly<Record<string, string>>;
}

/** A request to a service, with operation and input named as in the SDK. */
export interface ServiceCall {
  readonly operation: string;
  readonly input: unknown;
  readonly permissions: readonly Permission[];
  /**
   * Executes the call. Throws an `AwsError` if the service rejects it.
   *
   * It is synchronous, so that no other call comes between a check and a write.
   */
  execute(): HttpResponse;
  /** Formats an error with the name and the encoding that this service uses. */
  formatError(error: AwsError): { name: string; response: HttpResponse };
}
