import { ROLE_PATH, type StateMachineKind, type TrialNames } from './names';

/** ARNs of what the trials create. */
export interface Arns {
  readonly partition: string;
  readonly accountId: string;
  readonly logGroup: string;
  readonly infrequentAccessLogGroup: string;
  readonly bucket: string;
  readonly policyBucket: string;
  readonly callerRole: string;
  readonly machineRole: string;
  readonly stateMachines: Readonly<Record<StateMachineKind, string>>;
  /** Service principal of CloudWatch Logs. */
  readonly logsService: string;
}

export function createArns(partition: string, region: string, accountId: string, names: TrialNames): Arns {
  const logGroup = (name: string) => `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
  const role = (name: string) => `arn:${partition}:iam::${accountId}:role${ROLE_PATH}${name}`;
  const stateMachine = (name: string) => `arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`;
  const { children, nested, reader } = names.stateMachines;
  return {
    partition,
    accountId,
    logGroup: logGroup(names.logGroup),
    infrequentAccessLogGroup: logGroup(names.infrequentAccessLogGroup),
    bucket: `arn:${partition}:s3:::${names.bucket}`,
    policyBucket: `arn:${partition}:s3:::${names.policyBucket}`,
    callerRole: role(names.callerRole),
    machineRole: role(names.machineRole),
    stateMachines: {
      children: stateMachine(children),
      nested: stateMachine(nested),
      reader: stateMachine(reader),
    },
    logsService: `logs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`,
  };
}
