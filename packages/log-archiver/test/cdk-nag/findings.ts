/** What AwsSolutions finds of an archiver, and why no narrower statement and no other default would remove it. */
export interface Finding {
  /** Where it is found, below the archiver. */
  readonly paths: string[];
  /** As cdk-nag has them; what differs between archivers is a name in `${}`. */
  readonly ids: string[];
  readonly reason: string;
  /** @default - every archiver */
  readonly onlyFor?: 'a bucket of its own' | 'a bucket of another account';
}

const PLAN = 'PlanArchive/Role/DefaultPolicy';
const EXPORT = 'ExportLogToS3/Role/DefaultPolicy';
const CHECK = 'CheckExportTask/Role/DefaultPolicy';
const RECORD = 'RecordArchive/Role/DefaultPolicy';

export const FINDINGS: Finding[] = [
  {
    paths: ['Destination/Bucket'],
    ids: ['AwsSolutions-S1'],
    onlyFor: 'a bucket of its own',
    reason:
      'S3 delivers server access logs to another bucket, which an archiver does not make: an ArchiveBucket takes one as ' +
      'serverAccessLogsBucket.',
  },
  {
    paths: [PLAN],
    ids: iam5('*'),
    reason:
      'logs:DescribeLogGroups, logs:ListLogGroups and logs:DescribeExportTasks have no resource types: AWS takes * alone.',
  },
  {
    paths: [EXPORT, CHECK],
    ids: iam5('*'),
    reason: 'logs:DescribeExportTasks has no resource types: AWS takes * alone.',
  },
  {
    paths: ['Workflow/StateMachine/Role/DefaultPolicy'],
    ids: iam5('*'),
    reason:
      'What Step Functions needs to log (logs:CreateLogDelivery and others) and to trace (xray:PutTraceSegments and ' +
      'others) has no resource types: AWS takes * alone.',
  },
  {
    paths: ['Workflow/StateMachine/DistributedMapPolicy'],
    ids: iam5('${executions}:*', '${executions}/*:*'),
    reason:
      'A Distributed Map starts executions of its own state machine, and AWS has its role describe, stop and redrive ' +
      'them: what Step Functions names them is known when it starts them.',
  },
  {
    paths: ['Workflow/FindRuns'],
    ids: iam5('${executions}:*'),
    reason:
      'states:DescribeExecution on the runs of this state machine alone: what they are named is known when they start.',
  },
  {
    paths: [EXPORT, RECORD],
    ids: iam5('${logGroup}'),
    reason:
      'AWS writes the ARN of one log group with :* in policies; the * of a selection is what it selects by when a run ' +
      'starts.',
  },
  {
    paths: [PLAN],
    ids: iam5('${objects}_log-archiver/runs/*', '${objects}_log-archiver/periods/*'),
    reason: 'An object for each run and each period: their keys are known when it runs, and these folders are its own.',
  },
  {
    paths: [EXPORT],
    ids: iam5('${objects}????/*'),
    reason:
      'Who calls logs:CreateExportTask has to be allowed to write what CloudWatch Logs writes: the keys hold the period, ' +
      'the log group and the task.',
  },
  {
    paths: [RECORD],
    ids: iam5('${objects}_log-archiver/receipts/*', '${objects}_log-archiver/parts/*'),
    reason:
      'A receipt for each log group and period: their keys are known when it runs, and these folders are its own.',
  },
  {
    paths: [PLAN, EXPORT, RECORD],
    ids: iam5('${keys}'),
    onlyFor: 'a bucket of another account',
    reason:
      'AWS makes the id of a key at deployment, and another account cannot refer to it: conditions allow it through S3 ' +
      'and for this bucket alone. ArchiveBucket.fromAttributes with an encryptionKeyArn names it.',
  },
  {
    paths: ['Schedule/DeadLetterQueue'],
    ids: ['AwsSolutions-SQS3'],
    reason: 'It is a dead-letter queue: that of the schedule, where this rule does not look.',
  },
];

function iam5(...resources: string[]): string[] {
  return resources.map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
}
