/** A finding of AwsSolutions about a construct, and why no narrower statement or other default would remove it. */
export interface Finding {
  /** Paths of the constructs below the archiver, verifier or table. */
  readonly paths: string[];
  /** IDs of cdk-nag. A name in `${}` stands for a value that differs between apps. */
  readonly ids: string[];
  readonly reason: string;
  /** @default - every archiver */
  readonly onlyFor?: FindingCondition;
}

/** Condition under which an archiver has a finding. */
export type FindingCondition =
  | 'a bucket of its own'
  | 'a bucket of another account'
  | 'a notificationTopic'
  | 'log groups that do not fit in one policy';

const PLAN = 'PlanArchive/Role/DefaultPolicy';
const EXPORT = 'ExportLogToS3/Role/DefaultPolicy';
const CHECK = 'CheckExportTask/Role/DefaultPolicy';
const RECORD = 'RecordArchive/Role/DefaultPolicy';

const LOGGING_AND_TRACING: Finding = {
  paths: ['Workflow/StateMachineRole/DefaultPolicy'],
  ids: formatIam5Ids('*'),
  reason:
    'Logging (logs:CreateLogDelivery and others) and tracing (xray:PutTraceSegments and others): these actions support ' +
    'only *.',
};
const DEAD_LETTER_QUEUE: Finding = {
  paths: ['Schedule/DeadLetterQueue'],
  ids: ['AwsSolutions-SQS3'],
  reason: 'This queue is the dead-letter queue of the schedule; the rule does not recognise that.',
};
const OWN_EXECUTIONS =
  'A Distributed Map starts executions of its own state machine, and its role describes, stops and redrives them. ' +
  'Step Functions chooses their names when it starts them.';

const LOG_GROUP_PATTERN =
  'In policies, the ARN of one log group ends with :*. A selection has a * because it finds log groups at the start ' +
  'of each run.';

/** Findings about an archiver. */
export const ARCHIVER_FINDINGS: Finding[] = [
  {
    paths: ['Destination/Bucket'],
    ids: ['AwsSolutions-S1'],
    onlyFor: 'a bucket of its own',
    reason:
      'Server access logs need a second bucket, which an archiver does not create. An ArchiveBucket accepts one as ' +
      'serverAccessLogsBucket.',
  },
  {
    paths: [PLAN],
    ids: formatIam5Ids('*'),
    reason: 'logs:DescribeLogGroups, logs:ListLogGroups and logs:DescribeExportTasks: these actions support only *.',
  },
  {
    paths: [EXPORT],
    ids: formatIam5Ids('*'),
    reason: 'logs:DescribeExportTasks: this action supports only *.',
  },
  {
    paths: [CHECK],
    ids: formatIam5Ids('*'),
    reason: 'logs:DescribeExportTasks and logs:CancelExportTask: these actions support only *.',
  },
  {
    paths: [RECORD],
    ids: formatIam5Ids('*'),
    reason: 'logs:DescribeLogGroups and logs:DescribeExportTasks: these actions support only *.',
  },
  LOGGING_AND_TRACING,
  {
    paths: ['Workflow/StateMachine/DistributedMapPolicy'],
    ids: formatIam5Ids('${executions}:*', '${executions}/ArchiveEachLogGroup:*'),
    reason: OWN_EXECUTIONS,
  },
  {
    paths: ['Workflow/FindRuns'],
    ids: formatIam5Ids('${executions}:*'),
    reason: 'states:DescribeExecution on runs of this state machine only. Their names are chosen when they start.',
  },
  {
    paths: [EXPORT, RECORD],
    ids: formatIam5Ids('${logGroup}'),
    reason: LOG_GROUP_PATTERN,
  },
  {
    paths: ['ExportPermissions', 'RecordPermissions'],
    ids: formatIam5Ids('${logGroup}'),
    onlyFor: 'log groups that do not fit in one policy',
    reason: LOG_GROUP_PATTERN,
  },
  {
    paths: [PLAN],
    ids: formatIam5Ids(
      '${objects}_log-archiver/receipts/*',
      '${objects}_log-archiver/runs/*',
      '${objects}_log-archiver/periods/*',
    ),
    reason:
      'One object per receipt, run and period, with keys chosen in a run. Only the archiver uses these folders; the planner ' +
      'only reads receipts.',
  },
  {
    paths: [EXPORT],
    ids: formatIam5Ids('${objects}20??/*'),
    reason:
      'The caller of logs:CreateExportTask needs permission to write what CloudWatch Logs writes. The keys contain the ' +
      'period, the log group and the task.',
  },
  {
    paths: [RECORD],
    ids: formatIam5Ids('${objects}_log-archiver/receipts/*', '${objects}_log-archiver/parts/*'),
    reason: 'One receipt per log group and period, with keys chosen in a run. Only the archiver uses these folders.',
  },
  {
    paths: [PLAN, EXPORT, RECORD],
    ids: formatIam5Ids('${keys}'),
    onlyFor: 'a bucket of another account',
    reason:
      'The ID of a key is generated at deployment, and another account cannot refer to it. Conditions limit the use to ' +
      'S3 and this bucket. ArchiveBucket.fromAttributes with an encryptionKeyArn names the key.',
  },
  {
    paths: ['Schedule/Role/DefaultPolicy'],
    ids: formatIam5Ids('*'),
    onlyFor: 'a notificationTopic',
    reason:
      'cloudwatch:PutMetricData: this action supports only *. A condition limits it to the namespace LogArchiver.',
  },
  DEAD_LETTER_QUEUE,
];

/** Findings about a verifier. The statements about the keys of the bucket are the same for every verifier. */
export const VERIFIER_FINDINGS: Finding[] = [
  {
    paths: ['PlanVerification/Role/DefaultPolicy', 'WriteStatements/Role/DefaultPolicy'],
    ids: formatIam5Ids('${metadata}/periods/*', '${verified}/statements/*'),
    reason:
      'One object per archiver and period, with keys that depend on the archive. Only the verifier writes statements, ' +
      'and it never writes period statuses.',
  },
  {
    paths: ['PlanVerification/Role/DefaultPolicy'],
    ids: formatIam5Ids(...['archivers', 'folders', 'periods'].map((name) => `\${verified}/runs/*/${name}.json`)),
    reason: 'The plan of a run, in a folder with the name of the execution, which is chosen when it starts.',
  },
  {
    paths: ['VerifyReceipts/Role/DefaultPolicy'],
    ids: formatIam5Ids('${metadata}/receipts/*', '${verified}/runs/*/results/*'),
    reason:
      'One receipt per log group and period, which the function only reads, and one result per batch of receipts.',
  },
  {
    paths: ['WriteStatements/Role/DefaultPolicy'],
    ids: formatIam5Ids('${verified}/runs/*', '${verified}/table.*'),
    reason: 'The plan and the results of a run, which the function only reads, and the table in three files.',
  },
  {
    paths: ['Workflow/StateMachineRole/DefaultPolicy'],
    ids: formatIam5Ids('${verified}/runs/*/folders.json'),
    reason: 'The items of the Map, in the folder of the run.',
  },
  LOGGING_AND_TRACING,
  {
    paths: ['Workflow/StateMachine/DistributedMapPolicy'],
    ids: formatIam5Ids('${executions}:*', '${executions}/VerifyEachFolder:*', '${executions}/VerifyEachBatch:*'),
    reason: OWN_EXECUTIONS,
  },
  DEAD_LETTER_QUEUE,
];

/** Finding about an archive table. */
export const TABLE_FINDINGS: Finding[] = [
  {
    paths: ['Queries/Results'],
    ids: ['AwsSolutions-S1'],
    reason: 'Server access logs need a second bucket. The results of queries expire after 30 days.',
  },
];

function formatIam5Ids(...resources: string[]): string[] {
  return resources.map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
}
