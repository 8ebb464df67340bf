/** Names of everything that the trials create. All start with the same prefix. */
export interface TrialNames {
  readonly logGroup: string;
  /** Log group of class Infrequent Access. */
  readonly infrequentAccessLogGroup: string;
  readonly bucket: string;
  /** Bucket for the trial of bucket policies. */
  readonly policyBucket: string;
  /** Role whose sessions the trials limit to single permissions. */
  readonly callerRole: string;
  /** Role of the state machines. */
  readonly machineRole: string;
  readonly stateMachines: Readonly<Record<StateMachineKind, string>>;
}

/** `children` starts its items as children, `nested` has a Map in the children of a Map, `reader` reads items from S3. */
export type StateMachineKind = 'children' | 'nested' | 'reader';

/** Path of both roles, like the roles of an archiver have one. */
export const ROLE_PATH = '/log-archiver/trial/';

export function createNames(random: string): TrialNames {
  const prefix = `log-archiver-trial-${random}`;
  return {
    logGroup: prefix,
    infrequentAccessLogGroup: `${prefix}-infrequent-access`,
    bucket: prefix,
    policyBucket: `${prefix}-policy`,
    callerRole: `${prefix}-caller`,
    machineRole: `${prefix}-states`,
    stateMachines: { children: `${prefix}-children`, nested: `${prefix}-nested`, reader: `${prefix}-reader` },
  };
}
