import { allowances, archiveIntoVault, type StatementAt } from './vault-run';

/** A statement that a run needs, what the run ends with without it, what the log group does, and the call that AWS refuses. */
type Need = [statement: string, run: string, item: string | undefined, refused: string];

const ON_THE_FIRST_PAGE: Need[] = [
  ['ArchiveBucket CallersWriteBelowTheirAccount', 'AccessDenied', undefined, 'PutObject'],
  ['ArchiveBucket CallersReadTheirReceipts', 'AccessDenied', undefined, 'GetObject'],
  ['ArchiveBucket CallersListBelowTheirAccount', 'AccessDenied', undefined, 'ListObjectsV2'],
  ['PlanArchive logs:DescribeLogGroups', 'AccessDeniedException', undefined, 'DescribeLogGroups'],
  ['PlanArchive s3:ListBucket', 'AccessDenied', undefined, 'ListObjectsV2'],
  ['PlanArchive s3:GetObject', 'AccessDenied', undefined, 'PutObject'],
  ['FindRuns states:ListExecutions', 'AccessDeniedException', undefined, 'ListExecutions'],
];
const AT_THE_LOG_GROUP: Need[] = [
  ['ArchiveBucket LogsServiceReadsTheBucketAcl', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  [
    'ArchiveBucket LogsServiceWritesBelowTheSourceAccount',
    'ArchiveIncomplete',
    'AccessDeniedException',
    'CreateExportTask',
  ],
  ['ExportLogToS3 logs:DescribeExportTasks', 'ArchiveIncomplete', 'AccessDeniedException', 'DescribeExportTasks'],
  ['ExportLogToS3 s3:PutObject', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['ExportLogToS3 logs:CreateExportTask', 'ArchiveIncomplete', 'AccessDeniedException', 'CreateExportTask'],
  ['CheckExportTask logs:DescribeExportTasks', 'ArchiveIncomplete', 'AccessDeniedException', 'DescribeExportTasks'],
  ['RecordArchive s3:ListBucket', 'ArchiveIncomplete', 'AccessDenied', 'ListObjectsV2'],
  ['RecordArchive s3:GetObject', 'ArchiveIncomplete', 'AccessDenied', 'PutObject'],
];
/** The four functions, in the order of the states. */
const INVOCATIONS = 'Workflow lambda:InvokeFunction';
/** What local-aws does not do, or a run does not where nothing is in its way. */
const NOT_ASKED = [
  ...['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'].map((name) => `${name} logs:CreateLogStream`),
  'RecordArchive logs:FilterLogEvents',
  'Workflow logs:CreateLogDelivery',
  'Workflow xray:PutTraceSegments',
  ...['StartExecution', 'DescribeExecution', 'RedriveExecution'].map((name) => `Workflow states:${name}`),
  'FindRuns states:DescribeExecution',
  'Schedule states:StartExecution',
  'Schedule sqs:SendMessage',
];

const nameOf = ({ logicalId, name }: StatementAt) => {
  const [place] =
    /ArchiveBucket|FindRuns|PlanArchive|ExportLogToS3|CheckExportTask|RecordArchive|Workflow|Schedule/.exec(
      logicalId.replace('WorkflowFindRuns', 'FindRuns'),
    ) ?? [logicalId];
  return `${place} ${name}`;
};

const receiptsIn = (keys: string[]) => keys.filter((key) => key.includes('/_log-archiver/receipts/'));

describe('an archiver and its vault in another account', () => {
  it('archive under their policies', async () => {
    const { result, keys, report, denials } = await archiveIntoVault();
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(report?.items.map(({ period, status, error }) => [period, error ?? status])).toEqual([
      ['2026-08', 'CreatedLater'],
      ['2026-09', 'CreatedLater'],
      ['2026-10', 'ARCHIVED'],
    ]);
    expect(keys.every((key) => key.startsWith('111111111111/ap-northeast-1/'))).toBe(true);
    expect(receiptsIn(keys)).toHaveLength(1);
    expect(denials).toEqual([]);
  });

  it('have no statement of which it is not known here whether a run fails without it', () => {
    const named = [...ON_THE_FIRST_PAGE, ...AT_THE_LOG_GROUP].map(([statement]) => statement);
    expect(allowances().map(nameOf).sort()).toEqual([...named, ...NOT_ASKED, ...Array(4).fill(INVOCATIONS)].sort());
  });

  it.each([...ON_THE_FIRST_PAGE, ...AT_THE_LOG_GROUP])(
    'without %s end with %s',
    async (statement, run, item, refused) => {
      const { result, keys, report, denials } = await archiveIntoVault(statementCalled(statement));
      expect(result).toMatchObject({ status: 'FAILED', error: run });
      expect(JSON.stringify(result)).toMatch(/Access ?Denied/);
      expect(report?.items.find(({ period }) => period === '2026-10')).toEqual(
        item === undefined ? undefined : expect.objectContaining({ status: 'FAILED', error: item }),
      );
      expect([report?.status, receiptsIn(keys)]).toEqual([item && 'INCOMPLETE', []]);
      expect(denials.map(({ operation }) => operation)).toEqual([refused]);
    },
  );

  it.each([
    ['PlanArchive', 0, undefined],
    ['ExportLogToS3', 1, 'Lambda.AWSLambdaException'],
    ['CheckExportTask', 2, 'Lambda.AWSLambdaException'],
    ['RecordArchive', 3, 'Lambda.AWSLambdaException'],
  ])('without the right to invoke %s leave no receipt', async (name, index, item) => {
    const { result, keys, report } = await archiveIntoVault(
      allowances().filter((each) => nameOf(each) === INVOCATIONS)[index],
    );
    expect(result).toMatchObject({ status: 'FAILED', error: item ? 'ArchiveIncomplete' : 'Lambda.AWSLambdaException' });
    expect(report?.items.find(({ period }) => period === '2026-10')?.error).toBe(item);
    expect(receiptsIn(keys)).toEqual([]);
    if (item === undefined) {
      expect(JSON.stringify(result)).toMatch(
        new RegExp(
          `User: arn:aws:sts::111111111111:assumed-role/Workload-ArchiverWorkflow\\w+/execution is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:ap-northeast-1:111111111111:function:Workload-Archiver${name}\\w+ because no identity-based policy allows the lambda:InvokeFunction action`,
        ),
      );
    }
  });
});

function statementCalled(name: string): StatementAt {
  const [found] = allowances().filter((each) => nameOf(each) === name);
  if (!found) {
    throw new Error(`no statement is called ${name}`);
  }
  return found;
}
