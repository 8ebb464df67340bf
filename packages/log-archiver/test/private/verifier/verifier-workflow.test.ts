import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ListedReceipt,
  StatementsProgress,
  VerificationSummary,
  VerifyProgress,
  WrittenStatements,
} from '@log-archiver/core';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getResources, newStack } from '../../archiver-stack';
import { getDefinition, getDeployedDefinition, getItemStates, type State } from '../../definition';
import { newVerifier } from '../../verifier-stack';

/** Published without types. */
const validate: (definition: unknown) => { isValid: boolean; errorsText(): string } = require('asl-validator');

const EXPECTED = [{ account: '111111111111', region: 'ap-northeast-1' }];

const plain = newStack();
newVerifier(plain, { expect: EXPECTED });
const withTopic = newStack();
newVerifier(withTopic, { expect: EXPECTED, notificationTopic: new Topic(withTopic, 'Topic') });
const definition = getDefinition(plain, 'Verifier');
const { States } = definition;
const folderStates = getItemStates(definition, 'VerifyEachFolder');
const batchStates = getItemStates({ States: folderStates }, 'VerifyEachBatch');
const maps = Object.entries({
  VerifyEachFolder: States.VerifyEachFolder,
  VerifyEachBatch: folderStates.VerifyEachBatch,
});

describe.each([
  ['without a topic', plain, 'verifier.asl.json'],
  ['with a topic', withTopic, 'verifier-with-topic.asl.json'],
])('the definition %s', (_, stack, file) => {
  it('equals the one in test/golden, which UPDATE_GOLDEN=1 rewrites', () => {
    const golden = join(__dirname, '..', '..', 'golden', file);
    const actual = getDefinition(stack, 'Verifier');
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    }
    expect(actual).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('passes asl-validator and the language service', async () => {
    const deployed = getDeployedDefinition(stack, 'Verifier');
    const { isValid, errorsText } = validate(structuredClone(deployed));
    expect([isValid, errorsText()]).toEqual([true, '']);
    const document = TextDocument.create('memory://verifier.asl.json', 'asl', 1, JSON.stringify(deployed, null, 2));
    const service = getLanguageService({});
    expect(await service.doValidation(document, service.parseJSONDocument(document))).toEqual([]);
  });
});

describe('a run', () => {
  it('has the name and start of its execution, and ignores its input', () => {
    expect(States.Configure).toEqual({
      Type: 'Pass',
      Parameters: {
        run: { 'id.$': '$$.Execution.Name', 'startedAt.$': '$$.Execution.StartTime' },
        written: { isDone: false, progress: null, summary: null },
      },
      Next: 'PlanVerification',
    });
  });

  it('skips the Map if no folder is due', () => {
    expect(States['HasReceipts?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.plan.folders', NumericGreaterThan: 0, Next: 'VerifyEachFolder' }],
      Default: 'WriteStatements',
    });
    expect(States.VerifyEachFolder.Next).toBe('WriteStatements');
  });

  it.each([
    ['WriteStatements', States, 'Written?', '$.written', 'Report'],
    ['VerifyReceipts', batchStates, 'Verified?', '$.verified', 'BatchVerified'],
  ])('calls %s again with its progress until all is done', (task, states, choice, path, next) => {
    expect(states[task]).toMatchObject({ ResultPath: path, Next: choice });
    expect(states[task].Parameters['progress.$']).toBe(`${path}.progress`);
    expect(states[choice]).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: `${path}.isDone`, BooleanEquals: true, Next: next }],
      Default: task,
    });
  });

  it('has no progress at first', () => {
    expect(batchStates.StartBatch).toEqual({
      Type: 'Pass',
      Parameters: { isDone: false, progress: null },
      ResultPath: '$.verified',
      Next: 'VerifyReceipts',
    });
  });

  it('passes the plan to the planner, and the verifier, the accounts and the key to the writer', () => {
    expect(States.PlanVerification.Parameters).toEqual({
      'run.$': '$.run',
      keyPrefixes: null,
      verifyEveryDays: 365,
      runEveryDays: 31,
    });
    expect(States.WriteStatements.Parameters).toEqual({
      'run.$': '$.run',
      'verifier.$': '$$.StateMachine.Name',
      expect: EXPECTED,
      otherBuckets: [],
      signingKey: '${VerifierSigningKey.Arn}',
      'progress.$': '$.written.progress',
    });
    expect(batchStates.VerifyReceipts.Parameters).toEqual({
      'run.$': '$.BatchInput.run',
      'folder.$': '$.BatchInput.folder',
      'items.$': '$.Items',
      retentionDays: null,
      'progress.$': '$.verified.progress',
    });
  });

  it('ends with the summary if the archive is verified, and fails with ArchiveNotVerified if not', () => {
    expect(States.Report).toEqual({ Type: 'Pass', InputPath: '$.written.summary', Next: 'ArchiveVerified?' });
    const verified: VerificationSummary['status'] = 'VERIFIED';
    expect(States['ArchiveVerified?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.status', StringEquals: verified, Next: 'Succeed' }],
      Default: 'ArchiveNotVerified',
    });
    expect(States.Succeed).toEqual({ Type: 'Succeed' });
    expect(States.ArchiveNotVerified).toEqual({ Type: 'Fail', Error: 'ArchiveNotVerified', CausePath: '$.cause' });
  });
});

describe('the Maps', () => {
  it('read the folders from a file of the run, and the receipts by listing a folder', () => {
    expect(States.VerifyEachFolder).toMatchObject({
      ItemReader: {
        Resource: 'arn:${AWS::Partition}:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: '${ArchiveBucket}', 'Key.$': '$.plan.foldersKey' },
      },
      ItemSelector: { 'folder.$': '$$.Map.Item.Value.folder', 'run.$': '$.run' },
    });
    expect(folderStates.VerifyEachBatch).toMatchObject({
      ItemReader: {
        Resource: 'arn:${AWS::Partition}:states:::s3:listObjectsV2',
        Parameters: { Bucket: '${ArchiveBucket}', 'Prefix.$': '$.folder' },
      },
      ItemSelector: { 'Key.$': '$$.Map.Item.Value.Key', 'Size.$': '$$.Map.Item.Value.Size' },
      ItemBatcher: { MaxItemsPerBatch: 100, BatchInput: { 'run.$': '$.run', 'folder.$': '$.folder' } },
    });
  });

  it('start fewer than half of the 1,000 concurrent invocations of an account', () => {
    const concurrency = maps.map(([, map]) => (map as { MaxConcurrency?: number }).MaxConcurrency ?? Infinity);
    expect(concurrency).toEqual([40, 10]);
    expect(concurrency[0] * concurrency[1]).toBeLessThan(500);
  });

  it.each(maps)('%s runs each item in a standard execution of its own that cannot stop the others', (label, map) => {
    expect(map).toMatchObject({
      ...{ Type: 'Map', Label: label, ToleratedFailurePercentage: 100, ResultPath: null },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
  });

  it.each(maps)('%s starts again only if its items could not be read', (_, { Retry }) => {
    expect(Retry).toEqual([
      { ErrorEquals: ['States.ItemReaderFailed'], IntervalSeconds: 10, MaxAttempts: 5, BackoffRate: 2 },
    ]);
  });

  it('discard results, because those of all items must fit into 256 KiB', () => {
    const empty = { Type: 'Pass', Parameters: {}, End: true };
    expect([folderStates.FolderVerified, batchStates.BatchVerified]).toEqual([empty, empty]);
    expect(folderStates.VerifyEachBatch.Next).toBe('FolderVerified');
    const MAX_FOLDERS = 50_000;
    expect(JSON.stringify(Array(MAX_FOLDERS).fill({})).length).toBeLessThan(256 * 1_024);
  });

  it('use the context object only for their items', () => {
    expect(JSON.stringify([folderStates, batchStates]).match(/\$\$\.[A-Za-z.]+/g)).toEqual([
      '$$.Map.Item.Value.Key',
      '$$.Map.Item.Value.Size',
    ]);
  });
});

describe('a task', () => {
  const tasks = Object.entries({ ...States, ...batchStates }).filter(([, { Type }]) => Type === 'Task');

  it('calls one of the three functions', () => {
    expect(tasks.map(([name]) => name)).toEqual(['PlanVerification', 'WriteStatements', 'VerifyReceipts']);
  });

  it.each(tasks)('%s retries every error for half an hour, except for those that retrying cannot fix', (_, state) => {
    const [never, always, ...others] = (state as State).Retry ?? [];
    expect(never).toMatchObject({ MaxAttempts: 0 });
    expect(never.ErrorEquals).toEqual(expect.arrayContaining(['AccessDenied', 'InvalidArchiveRequest']));
    expect(always).toEqual({ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 180, BackoffRate: 1 });
    expect(others).toEqual([]);
  });

  it.each(tasks)('%s catches nothing without a topic, so that a run ends with the error', (_, state) => {
    expect(state).not.toHaveProperty('Catch');
    expect(States.VerifyEachFolder).not.toHaveProperty('Catch');
  });
});

describe('with a topic', () => {
  const { States: all } = getDefinition(withTopic, 'Verifier');
  const TASKS = ['PlanVerification', 'VerifyEachFolder', 'WriteStatements'];

  it('differs only in what is caught, the way to the end, and six states', () => {
    const added = ['Notify?', 'TellOperator', 'TellOperatorOfFailure', 'StatesError?', 'Failed', 'VerificationFailed'];
    expect(Object.keys(all).sort()).toEqual([...Object.keys(States), ...added].sort());
    const common = Object.entries(all).filter(([name]) => !added.includes(name));
    const withoutCatch = common.map(([name, { Catch, ...state }]) => [name, state]);
    expect(Object.fromEntries(withoutCatch)).toEqual({ ...States, Report: { ...States.Report, Next: 'Notify?' } });
  });

  it.each(TASKS)('publishes a failure of %s, with the error in place of the data of the run', (name) => {
    expect(all[name].Catch).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'TellOperatorOfFailure' }]);
  });

  it('publishes the notification of a run that has one', () => {
    expect(all['Notify?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.notification', IsNull: false, Next: 'TellOperator' }],
      Default: 'ArchiveVerified?',
    });
    expect(all.TellOperator.Parameters).toEqual({
      TopicArn: '${Topic}',
      'Subject.$': '$.notification.subject',
      'Message.$': '$.notification.message',
    });
  });

  it.each([
    ['TellOperator', 'ArchiveVerified?'],
    ['TellOperatorOfFailure', 'StatesError?'],
  ])('ends the same whether %s succeeds or fails', (state, end) => {
    expect(all[state]).toMatchObject({
      Resource: 'arn:${AWS::Partition}:states:::sns:publish',
      ResultPath: null,
      Next: end,
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 30, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: end }],
    });
  });

  it('describes a failure with the error, the consequence, the command and the article', () => {
    const { Subject, 'Message.$': message } = getDeployedDefinition(withTopic, 'Verifier').States.TellOperatorOfFailure
      .Parameters;
    expect(Subject).toBe('LogArchiver: verification failed, 123456789012, ap-southeast-1');
    expect(Subject.length).toBeLessThan(100);
    expect(message).toBe(
      "States.Format('LogArchiver could not verify the archive in the run {} in account {}, {}. The run wrote no new " +
        'table and failed with {}: {} The next run starts on the 8th of the month. To retry now: aws stepfunctions ' +
        'start-execution --region ap-southeast-1 --state-machine-arn {} --input "$(aws stepfunctions describe-execution ' +
        '--region ap-southeast-1 --execution-arn {} --query input --output text)" Runbook: ' +
        "https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#verification-failed', " +
        "$$.Execution.Id, '123456789012', 'ap-southeast-1', $.Error, $.Cause, $$.StateMachine.Id, $$.Execution.Id)",
    );
  });

  it('fails with the error of the state, or with another name than States.*, which an alarm counts', () => {
    expect(all['StatesError?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.Error', StringMatches: 'States.*', Next: 'VerificationFailed' }],
      Default: 'Failed',
    });
    expect(all.Failed).toEqual({ Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' });
    expect(all.VerificationFailed).toEqual({ Type: 'Fail', Error: 'VerificationFailed', CausePath: '$.Cause' });
  });
});

describe('the data of a run', () => {
  const LIMIT = 256 * 1_024;
  const size = (data: unknown) => Buffer.byteLength(JSON.stringify(data));
  const run = { id: 'x'.repeat(80), startedAt: '2026-11-08T06:00:00.000Z' };
  const key = 'x'.repeat(1_024);

  it('fits in 256 KiB with a batch of 100 receipts and the longest keys', () => {
    const Items: ListedReceipt[] = Array(100).fill({ Key: key, Size: 1e9 });
    const finding = { type: 'ObjectsReplaced' as const, key, message: 'x'.repeat(500) };
    const progress: VerifyProgress = {
      verified: 100,
      position: {
        task: 1,
        folded: {
          objects: 1e9,
          bytes: 1e15,
          digest: key,
          firstObject: key,
          lastObject: key,
          lastKey: key,
          isFolded: false,
        },
        objects: 1e9,
        bytes: 1e15,
        findings: Array(20).fill(finding),
      },
    };
    const data = { Items, BatchInput: { run, folder: key }, verified: { isDone: false, progress } };
    expect(size(data)).toBeLessThan(LIMIT);
  });

  it('fits in 256 KiB with 500 expected accounts and a notification', () => {
    const progress: StatementsProgress = { periods: 1e9, unverified: 1e9 };
    const summary = {
      status: 'NOT_VERIFIED',
      cause: 'x'.repeat(32_768),
      notification: { subject: 'x'.repeat(99), message: 'x'.repeat(65_536) },
    } as VerificationSummary;
    const written: WrittenStatements = { isDone: true, progress, summary };
    const expected = Array(500).fill(EXPECTED[0]);
    expect(size({ run, written, expect: expected })).toBeLessThan(LIMIT);
  });
});

describe('the state machine', () => {
  it('is of type STANDARD with X-Ray, and logs all events under /aws/vendedlogs/states/ for a month', () => {
    const resources = Object.entries(getResources(plain));
    const [[, machine]] = resources.filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine');
    const [[logGroup, { Properties }]] = resources.filter(([id]) => /^VerifierWorkflowLogGroup[0-9A-F]{8}$/.test(id));
    expect(Properties).toEqual({
      LogGroupName: expect.stringMatching(/^\/aws\/vendedlogs\/states\/Stack-Verifier-Workflow-[0-9A-F]{8}$/),
      RetentionInDays: 30,
    });
    expect(machine.Properties).toMatchObject({
      LoggingConfiguration: {
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [logGroup, 'Arn'] } } }],
        IncludeExecutionData: true,
        Level: 'ALL',
      },
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('the functions', () => {
  it.each([
    ['PlanVerification', 'plan-verification', 'planHandler', 1_024],
    ['VerifyReceipts', 'verify-receipts', 'verifyHandler', 512],
    ['WriteStatements', 'write-statements', 'reportHandler', 2_048],
  ])('create %s for Node 24 on arm64, bound to the bucket', (id, name, handler, MemorySize) => {
    const resources = Object.entries(getResources(plain)).filter(([key]) => key.startsWith(`Verifier${id}`));
    const [[logGroup, { Properties: ofLogGroup }], [role], , [, lambda]] = resources;
    expect(ofLogGroup).toEqual({ RetentionInDays: 30 });
    expect(lambda.Properties).toEqual({
      Architectures: ['arm64'],
      Code: expect.any(Object),
      Description: `LogArchiver: ${name}`,
      Handler: `index.${handler}`,
      Environment: {
        Variables: {
          ARCHIVE_ACCOUNT: { Ref: 'AWS::AccountId' },
          ARCHIVE_BUCKET_NAME: { Ref: expect.stringMatching(/^ArchiveBucket/) },
        },
      },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: logGroup } },
      MemorySize,
      Role: { 'Fn::GetAtt': [role, 'Arn'] },
      Runtime: 'nodejs24.x',
      Timeout: 900,
    });
  });
});
