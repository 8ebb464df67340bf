import { requiresEvaluator } from '@log-archiver/local-aws';
import { archiveIntoSharedBucket, listAllowStatements, type StatementLocation } from './shared-bucket-run';

/** A statement that a run needs, and without it: the errors of the run and of its item, and the call that AWS denies. */
type Need = [statement: string, run: string, item: string | undefined, denied: string];

const NEEDED_TO_PLAN: Need[] = [
  ['ArchiveBucket PlannersReadAndWriteRunsAndPeriods', 'AccessDenied', undefined, 'PutObject'],
  ['ArchiveBucket PlannersListMetadata', 'AccessDenied', undefined, 'ListObjectsV2'],
  ['PlanArchive logs:DescribeLogGroups', 'AccessDeniedException', undefined, 'DescribeLogGroups'],
  ['PlanArchive s3:ListBucket', 'AccessDenied', undefined, 'ListObjectsV2'],
  ['PlanArchive s3:GetObject+s3:PutObject', 'AccessDenied', undefined, 'PutObject'],
  ['FindRuns states:ListExecutions', 'AccessDeniedException', undefined, 'ListExecutions'],
];
const NEEDED_TO_ARCHIVE: Need[] = [
  ['ArchiveBucket LogsServiceReadsTheBucketAcl', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['ArchiveBucket LogsServiceWritesBelowAYear', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['ArchiveBucket ExportersWriteBelowAYear', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['ArchiveBucket RecordersReadAndWriteReceipts', 'ArchiveIncomplete', 'AccessDenied', 'PutObject'],
  ['ArchiveBucket RecordersListBelowTheirAccount', 'ArchiveIncomplete', 'AccessDenied', 'ListObjectsV2'],
  ['ExportLogToS3 logs:DescribeExportTasks', 'ArchiveIncomplete', 'AccessDeniedException', 'DescribeExportTasks'],
  ['ExportLogToS3 s3:PutObject', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['ExportLogToS3 logs:CreateExportTask', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['CheckExportTask logs:DescribeExportTasks', 'ArchiveIncomplete', 'AccessDeniedException', 'DescribeExportTasks'],
  ['RecordArchive logs:DescribeLogGroups', 'ArchiveIncomplete', 'AccessDeniedException', 'DescribeExportTasks'],
  ['RecordArchive s3:ListBucket', 'ArchiveIncomplete', 'AccessDenied', 'ListObjectsV2'],
  ['RecordArchive s3:GetObject+s3:PutObject', 'ArchiveIncomplete', 'AccessDenied', 'PutObject'],
  ['RecordArchive logs:DescribeLogStreams', 'ArchiveIncomplete', 'EvidenceRefused', 'DescribeLogStreams'],
];
/** Statements that a run needs after all exports, to determine the status of the periods. */
const NEEDED_TO_REPORT = ['ArchiveBucket PlannersReadReceipts', 'PlanArchive s3:GetObject'];
/** Statements that invoke the four functions, in the order of the states. */
const INVOCATIONS = 'Workflow lambda:InvokeFunction';
/** Statements for calls that local-aws does not make, or that a run without faults does not make. */
const NOT_EXERCISED = [
  ...['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'].map((name) => `${name} logs:CreateLogStream`),
  'Workflow logs:CreateLogDelivery',
  'Workflow xray:PutTraceSegments',
  ...['StartExecution', 'DescribeExecution', 'RedriveExecution'].map((name) => `Workflow states:${name}`),
  'FindRuns states:DescribeExecution',
  'Schedule states:StartExecution',
  'Schedule sqs:SendMessage',
];

const describeStatement = ({ logicalId, name }: StatementLocation) => {
  const [resource] =
    /ArchiveBucket|FindRuns|PlanArchive|ExportLogToS3|CheckExportTask|RecordArchive|Workflow|Schedule/.exec(
      logicalId.replace('WorkflowFindRuns', 'FindRuns'),
    ) ?? [logicalId];
  return `${resource} ${name}`;
};

const findReceipts = (keys: string[]) => keys.filter((key) => key.includes('/_log-archiver/receipts/'));

requiresEvaluator(describe)('an archiver with an archive bucket in another account', () => {
  it('archives under the policies of both stacks', async () => {
    const { result, keys, report, denials } = await archiveIntoSharedBucket();
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(report?.items.map(({ period, status, error }) => [period, error ?? status])).toEqual([
      ['2026-08', 'CreatedLater'],
      ['2026-09', 'CreatedLater'],
      ['2026-10', 'ARCHIVED'],
    ]);
    expect(keys.every((key) => key.startsWith('111111111111/ap-northeast-1/'))).toBe(true);
    expect(findReceipts(keys)).toHaveLength(1);
    expect(denials).toEqual([]);
  });

  it('lists every statement of both stacks', () => {
    const named = [...NEEDED_TO_PLAN, ...NEEDED_TO_ARCHIVE].map(([statement]) => statement).concat(NEEDED_TO_REPORT);
    expect(listAllowStatements().map(describeStatement).sort()).toEqual(
      [...named, ...NOT_EXERCISED, ...Array(4).fill(INVOCATIONS)].sort(),
    );
  });

  it.each([...NEEDED_TO_PLAN, ...NEEDED_TO_ARCHIVE])(
    'fails without %s with %s',
    async (statement, run, item, denied) => {
      const { result, keys, report, denials } = await archiveIntoSharedBucket(findStatement(statement));
      expect(result).toMatchObject({ status: 'FAILED', error: run });
      expect(JSON.stringify(result)).toMatch(/Access ?Denied/);
      expect(report?.items.find(({ period }) => period === '2026-10')).toEqual(
        item === undefined ? undefined : expect.objectContaining({ status: 'FAILED', error: item }),
      );
      expect([report?.status, findReceipts(keys)]).toEqual([item && 'INCOMPLETE', []]);
      expect(denials.map(({ operation }) => operation)).toEqual([denied]);
    },
  );

  it.each(NEEDED_TO_REPORT)('fails without %s with AccessDenied, after all exports', async (statement) => {
    const { result, keys, report, denials } = await archiveIntoSharedBucket(findStatement(statement));
    expect(result).toMatchObject({ status: 'FAILED', error: 'AccessDenied' });
    expect([report, findReceipts(keys).length]).toEqual([undefined, 1]);
    expect(new Set(denials.map(({ operation }) => operation))).toEqual(new Set(['GetObject']));
  });

  it.each([
    ['PlanArchive', 0, undefined],
    ['ExportLogToS3', 1, 'Lambda.AWSLambdaException'],
    ['CheckExportTask', 2, 'Lambda.AWSLambdaException'],
    ['RecordArchive', 3, 'Lambda.AWSLambdaException'],
  ])('writes no receipt without permission to invoke %s', async (name, index, item) => {
    const { result, keys, report } = await archiveIntoSharedBucket(
      listAllowStatements().filter((each) => describeStatement(each) === INVOCATIONS)[index],
    );
    expect(result).toMatchObject({ status: 'FAILED', error: item ? 'ArchiveIncomplete' : 'Lambda.AWSLambdaException' });
    expect(report?.items.find(({ period }) => period === '2026-10')?.error).toBe(item);
    expect(findReceipts(keys)).toEqual([]);
    if (item === undefined) {
      expect(JSON.stringify(result)).toMatch(
        new RegExp(
          `User: arn:aws:sts::111111111111:assumed-role/Workload-ArchiverWorkflow\\w+/execution is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:ap-northeast-1:111111111111:function:Workload-Archiver${name}\\w+ because no identity-based policy allows the lambda:InvokeFunction action`,
        ),
      );
    }
  });
});

function findStatement(name: string): StatementLocation {
  const [found] = listAllowStatements().filter((each) => describeStatement(each) === name);
  if (!found) {
    throw new Error(`no statement has the name ${name}`);
  }
  return found;
}
