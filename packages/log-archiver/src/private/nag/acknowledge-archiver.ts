import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import type { ArchiveDestination } from '../destination/archive-destination';
import type { ArchiveFunctions } from '../functions/archive-functions';
import { acknowledgeFindings } from './acknowledge-findings';
import { ARCHIVER_FINDINGS, type FindingCondition } from './findings';

export interface NagSubject {
  readonly destination: ArchiveDestination;
  readonly functions: ArchiveFunctions;
  readonly stateMachine: IStateMachine;
  readonly hasTopic: boolean;
}

/** Acknowledges the findings about an archiver. */
export function acknowledgeArchiver(scope: IConstruct, { destination, functions, stateMachine, hasTopic }: NagSubject) {
  const { bucket, ownBucket, keyStart } = destination;
  const conditions: Record<FindingCondition, boolean> = {
    'a bucket of its own': ownBucket !== undefined,
    'a bucket of another account': ownBucket === undefined,
    'a notificationTopic': hasTopic,
    'log groups that do not fit in one policy': true,
  };
  const findings = ARCHIVER_FINDINGS.filter(({ onlyFor }) => onlyFor === undefined || conditions[onlyFor]);
  const { account, region } = bucket.env;
  acknowledgeFindings(scope, findings, () => ({
    executions: [formatExecutions(stateMachine)],
    logGroup: functions.logGroupArns.filter((arn) => arn.endsWith('*')),
    objects: [bucket.arnForObjects(keyStart)],
    keys: [Stack.of(scope).formatArn({ service: 'kms', account, region, resource: 'key', resourceName: '*' })],
  }));
}

/** Returns the start of the ARNs of the executions of a state machine. */
export function formatExecutions(stateMachine: IStateMachine): string {
  const stack = Stack.of(stateMachine);
  const { resourceName } = stack.splitArn(stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  return stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
