/** Event of an AWS service on the default event bus. */
export interface AwsEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  /** Instant in ISO 8601. */
  readonly time: string;
  readonly region: string;
  /** ARNs. */
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Completes the event of a resource in whose ARN the account and Region are. */
export function createEvent(
  source: string,
  detailType: string,
  resourceArn: string,
  at: number,
  detail: object,
): AwsEvent {
  const [, , , region = '', account = ''] = resourceArn.split(':');
  const time = new Date(at).toISOString().replace('.000Z', 'Z');
  return { source, 'detail-type': detailType, account, time, region, resources: [resourceArn], detail };
}
