import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINDING_VARIABLES } from '@log-archiver/core';
import { LocalAws } from '@log-archiver/local-aws';
import type * as Handler from '../src/handler';
import { statementKey, TABLE_KEY } from '../src/keys';
import type { Statement } from '../src/statements/statement';
import type { VerifiedTable } from '../src/statements/table';
import { ACCOUNT, archive, BUCKET, NOW, PLACE, putStatus, REGION, RUN, readJson, startArchive } from './archive';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);
const environment = { [BINDING_VARIABLES.s3BucketName]: BUCKET, [BINDING_VARIABLES.account]: '999999999999' };

it('exports only handlers and what creates them', () => {
  expect(Object.keys(bundle).sort()).toEqual([
    ...['createPlanHandler', 'createReportHandler', 'createVerifyHandler'],
    ...['planHandler', 'reportHandler', 'verifyHandler'],
  ]);
});

it('has at most 490,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(490_000);
});

it('keeps the name of an error, and writes a line', async () => {
  const { aws } = startArchive();
  const lines: string[] = [];
  const plan = bundle.createPlanHandler({
    requestHandler: aws.requestHandler,
    environment,
    log: (line) => lines.push(line),
  });
  const request = { run: RUN, keyPrefixes: null, verifyEveryDays: 1, runEveryDays: 1 };
  await expect(plan(request)).rejects.toMatchObject({ name: 'InvalidArchiveRequest' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { function: 'PlanVerification', execution: 'run-1', result: 'InvalidArchiveRequest' },
  ]);
});

it('throws without the variables that bind it to a bucket', async () => {
  const { aws } = startArchive();
  const report = bundle.createReportHandler({ requestHandler: aws.requestHandler, environment: {}, log: () => {} });
  const request = { run: RUN, expect: [], signingKey: null, progress: null };
  await expect(report(request)).rejects.toThrow('environment variable ARCHIVE_BUCKET_NAME is required');
});

describe('a state machine of the functions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verify-archive-'));
    cpSync(path, join(folder, 'asset.verifier', 'index.js'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const RUN_FIELDS = { 'id.$': '$$.Execution.Name', 'startedAt.$': '$$.Execution.StartTime' };
  const invoke = (name: string, more: object) => ({ Type: 'Task', Resource: `<${name}>`, ...more });
  const distributed = (definition: object) => ({ ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...definition });

  const VERIFY_BATCH = distributed({
    StartAt: 'StartBatch',
    States: {
      StartBatch: { Type: 'Pass', Result: { progress: null }, ResultPath: '$.result', Next: 'VerifyReceipts' },
      VerifyReceipts: invoke('Verify', {
        Parameters: {
          'run.$': '$.BatchInput.run',
          'folder.$': '$.BatchInput.folder',
          'items.$': '$.Items',
          retentionDays: null,
          'progress.$': '$.result.progress',
        },
        ResultPath: '$.result',
        Next: 'IsVerified',
      }),
      IsVerified: {
        Type: 'Choice',
        Choices: [{ Variable: '$.result.isDone', BooleanEquals: true, Next: 'Verified' }],
        Default: 'VerifyReceipts',
      },
      Verified: { Type: 'Pass', Result: null, End: true },
    },
  });

  const VERIFY_FOLDER = distributed({
    StartAt: 'VerifyBatches',
    States: {
      VerifyBatches: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Parameters: { Bucket: BUCKET, 'Prefix.$': '$.folder' },
        },
        ItemSelector: { 'Key.$': '$$.Map.Item.Value.Key', 'Size.$': '$$.Map.Item.Value.Size' },
        ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'run.$': '$.run', 'folder.$': '$.folder' } },
        ItemProcessor: VERIFY_BATCH,
        ResultPath: null,
        Next: 'FolderVerified',
      },
      FolderVerified: { Type: 'Pass', Result: null, End: true },
    },
  });

  const DEFINITION = {
    StartAt: 'Plan',
    States: {
      Plan: invoke('Plan', {
        Parameters: { run: RUN_FIELDS, keyPrefixes: null, verifyEveryDays: 92, runEveryDays: 1 },
        ResultPath: '$.plan',
        Next: 'HasFolders',
      }),
      HasFolders: {
        Type: 'Choice',
        Choices: [{ Variable: '$.plan.folders', NumericGreaterThan: 0, Next: 'VerifyFolders' }],
        Default: 'StartStatements',
      },
      VerifyFolders: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: BUCKET, 'Key.$': '$.plan.foldersKey' },
        },
        ItemSelector: { 'folder.$': '$$.Map.Item.Value.folder', run: RUN_FIELDS },
        ItemProcessor: VERIFY_FOLDER,
        ResultPath: null,
        Next: 'StartStatements',
      },
      StartStatements: {
        Type: 'Pass',
        Result: { progress: null },
        ResultPath: '$.statements',
        Next: 'WriteStatements',
      },
      WriteStatements: invoke('Report', {
        Parameters: {
          run: RUN_FIELDS,
          expect: [{ account: ACCOUNT, region: REGION }],
          signingKey: '<Key>',
          'progress.$': '$.statements.progress',
        },
        ResultPath: '$.statements',
        Next: 'AreWritten',
      }),
      AreWritten: {
        Type: 'Choice',
        Choices: [{ Variable: '$.statements.isDone', BooleanEquals: true, Next: 'Done' }],
        Default: 'WriteStatements',
      },
      Done: { Type: 'Succeed', OutputPath: '$.statements' },
    },
  };

  const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
  const role = (...statements: object[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [] },
      Policies: [{ PolicyDocument: { Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) } }],
    },
  });
  const fn = (handler: string, roleId: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Key: 'verifier.zip' },
      Handler: `index.${handler}`,
      Role: arnOf(roleId),
      Environment: { Variables: environment },
    },
  });
  const LIST = { Action: 's3:ListBucket', Resource: `arn:aws:s3:::${BUCKET}` };
  const READ = { Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` };
  const WRITE = { Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/_verified/*` };
  const ROOT = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::999999999999:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const Resources = {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256', KeyPolicy: { Statement: [ROOT] } },
    },
    Plan: fn('planHandler', 'PlanRole'),
    PlanRole: role(LIST, READ, WRITE),
    Verify: fn('verifyHandler', 'VerifyRole'),
    VerifyRole: role(LIST, READ, WRITE),
    Report: fn('reportHandler', 'ReportRole'),
    ReportRole: role(LIST, READ, WRITE, { Action: 'kms:Sign', Resource: arnOf('Key') }),
    MachineRole: role(LIST, READ, { Action: 'lambda:InvokeFunction', Resource: '*' }),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: arnOf('MachineRole'),
        DefinitionString: {
          'Fn::Join': [
            '',
            JSON.stringify(DEFINITION)
              .split(/<(\w+)>/)
              .map((part, index) => (index % 2 === 1 ? arnOf(part) : part)),
          ],
        },
      },
    },
  };

  /** Deploys the state machine into the account of the archive bucket, with enforced policies. */
  function deploy() {
    // Bundles in one process share its environment variables.
    Object.assign(process.env, environment);
    const aws = new LocalAws({ now: NOW, accountId: '999999999999', region: REGION, enforcePolicies: true });
    aws.buckets.createBucket(BUCKET);
    const { stateMachine } = aws.deploy({ stackName: 'Archive', template: { Resources }, assetDirectory: folder });
    const run = (name: string) => aws.waitFor(stateMachine.startExecution({}, undefined, name));
    return { aws, run };
  }

  it('verifies an archive, and finds what is changed later', async () => {
    const { aws, run } = deploy();
    const keys = ['/app/a', '/app/b', '/app/c', '/app/d', '/app/e'].map((logGroupName) =>
      archive(aws, { logGroupName }),
    );
    putStatus(aws, { archived: 5, receipts: keys.map(({ key }) => key) });
    await aws.clock.moveTo('2026-11-08T07:00:00.000Z');
    expect(await run('first')).toMatchObject({
      status: 'SUCCEEDED',
      output: { isDone: true, progress: { periods: 1, unverified: 0 }, archivers: { COMPLETE: 1 } },
    });
    expect(readJson<Statement>(aws, statementKey({ ...PLACE, archiver: 'Archiver' }))).toMatchObject({
      status: 'COMPLETE',
      verified: { receipts: 5, objects: 10 },
      run: 'first',
    });
    aws.buckets.putObject(BUCKET, `${keys[3]?.folder}a/000000.gz`, 'FIRST');
    await aws.clock.moveTo('2027-02-08T07:00:00.000Z');
    expect(await run('second')).toMatchObject({ status: 'SUCCEEDED', output: { archivers: { TAMPERED: 1 } } });
    expect(readJson<VerifiedTable>(aws, TABLE_KEY).archivers).toMatchObject([{ periods: [{ findings: 1 }] }]);
  });

  it('writes the table of an empty bucket', async () => {
    const { aws, run } = deploy();
    expect(await run('first')).toMatchObject({ status: 'SUCCEEDED', output: { archivers: { MISSING: 1 } } });
    expect(readJson<VerifiedTable>(aws, TABLE_KEY).archivers).toMatchObject([{ status: 'MISSING' }]);
  });
});
