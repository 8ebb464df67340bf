import { NestedStack, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { getResources, getWarnings, newArchiver, newStack, type Resource, TOKYO } from '../../archiver-stack';
import { findRole, type Statement, toList } from '../../policies';

const stack = newStack({ env: TOKYO });
const archiver = newArchiver(stack, { encryptionKey: new Key(stack, 'Customer') });
const resources = getResources(stack);
const KEY = { 'Fn::GetAtt': [expect.stringMatching(/^Customer/), 'Arn'] };
const KEY_ARN = 'arn:aws-us-gov:kms:ap-southeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const MACHINE = 'Stack-Archiver-Workflow-';

function findByType(type: string): Resource['Properties'][] {
  return Object.values(resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

/** Returns the statements of a role about the key. */
function findKeyStatements(role: string): Statement[] {
  const statements = findRole(stack, role).inline.flatMap(({ Statement }) => Statement);
  return statements.filter(({ Action }) => toList(Action).some((action) => action.startsWith('kms:')));
}

function getKeyPolicy() {
  const [{ KeyPolicy }] = findByType('AWS::KMS::Key') as {
    KeyPolicy: { Statement: (Statement & { Sid?: string })[] };
  }[];
  return KeyPolicy.Statement;
}

describe('an archiver with an encryptionKey', () => {
  it('encrypts the bucket, the log groups, the state machine and the queue', () => {
    expect(findByType('AWS::S3::Bucket').map(({ BucketEncryption }) => BucketEncryption)).toEqual([
      {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: KEY, SSEAlgorithm: 'aws:kms' } },
        ],
      },
    ]);
    expect(findByType('AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId)).toEqual(Array(5).fill(KEY));
    expect(findByType('AWS::StepFunctions::StateMachine').map((each) => each.EncryptionConfiguration)).toEqual([
      { KmsKeyId: KEY, Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsDataKeyReusePeriodSeconds: 300 },
    ]);
    expect(findByType('AWS::SQS::Queue').map(({ KmsMasterKeyId }) => KmsMasterKeyId)).toEqual([KEY]);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('limits the key use of the state machine by its name, also for the executions of items', () => {
    const [{ StateMachineName }] = findByType('AWS::StepFunctions::StateMachine');
    expect(StateMachineName).toMatch(new RegExp(`^${MACHINE}[0-9A-F]{8}$`));
    const arn = `arn:aws-us-gov:states:ap-northeast-1:123456789012:stateMachine:${StateMachineName}`;
    const context = 'kms:EncryptionContext:aws:states:stateMachineArn';
    expect(findKeyStatements('ArchiverWorkflowStateMachineRole')).toEqual([
      {
        ...{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY_ARN },
        Condition: { StringEquals: { [context]: arn } },
      },
      {
        ...{ Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: KEY_ARN },
        Condition: {
          StringEquals: { 'kms:EncryptionContext:SourceArn': 'arn:aws-us-gov:logs:ap-northeast-1:123456789012:*' },
        },
      },
      {
        ...{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY_ARN },
        Condition: { StringLike: { [context]: `${arn}/*` } },
      },
    ]);
  });

  it('allows the planner to read the input of the runs that it describes', () => {
    const [{ StateMachineName }] = findByType('AWS::StepFunctions::StateMachine');
    expect(findKeyStatements('ArchiverPlanArchiveRole')).toContainEqual({
      ...{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY_ARN },
      Condition: {
        StringLike: {
          'kms:EncryptionContext:aws:states:stateMachineArn': `arn:aws-us-gov:states:ap-northeast-1:123456789012:stateMachine:${StateMachineName}`,
        },
      },
    });
  });

  it.each(['ArchiverPlanArchiveRole', 'ArchiverExportLogToS3Role', 'ArchiverRecordArchiveRole'])(
    'allows %s to use the key for the bucket',
    (role) => {
      expect(findKeyStatements(role)).toContainEqual(
        expect.objectContaining({
          ...{ Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: KEY_ARN },
          Condition: expect.objectContaining({
            StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' },
          }),
        }),
      );
    },
  );

  it('allows the schedule to send to the queue', () => {
    expect(findKeyStatements('ArchiverScheduleRole')).toEqual([
      {
        ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: KEY_ARN },
        Condition: {
          StringEquals: {
            'kms:ViaService': ['sqs.ap-northeast-1.amazonaws.com.cn', 'states.ap-northeast-1.amazonaws.com.cn'],
          },
        },
      },
    ]);
  });

  it('allows CloudWatch Logs to use the key for these log groups, for the bucket, and to deliver logs', () => {
    const [logs] = getKeyPolicy().filter(({ Action }) => toList(Action).includes('kms:Encrypt*'));
    const patterns = Object(logs.Condition).ArnLike['kms:EncryptionContext:aws:logs:arn'];
    const start = ':logs:ap-northeast-1:123456789012:log-group:';
    const groups = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup');
    expect(patterns).toEqual(
      groups.map(([id, { Properties }]) => ({
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ...(Properties.LogGroupName
              ? [start + Properties.LogGroupName]
              : // A stack set, for example, deploys the stack under another name than the synthesized one.
                [start, { Ref: 'AWS::StackName' }, `-${id}-*`]),
          ],
        ],
      })),
    );
    expect(logs).toMatchObject({
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Principal: { Service: { 'Fn::Join': ['', ['logs.ap-northeast-1.', { Ref: 'AWS::URLSuffix' }]] } },
    });
    expect(getKeyPolicy()).toContainEqual(
      expect.objectContaining({
        Action: 'kms:Decrypt*',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
      }),
    );
    expect(
      getKeyPolicy().filter(({ Condition }) => Condition?.StringLike?.['kms:EncryptionContext:aws:s3:arn']),
    ).toHaveLength(1);
  });

  it('has no reference to encrypted resources in the key policy, which would be a cycle', () => {
    const ids = Object.keys(resources).filter((id) => id.startsWith('Archiver'));
    const [{ KeyPolicy }] = findByType('AWS::KMS::Key');
    const referenced = ids.filter((id) => JSON.stringify(KeyPolicy).includes(`"${id}"`));
    expect(referenced).toEqual([]);
    expect(archiver.deadLetterQueue.encryptionMasterKey).toBeDefined();
  });

  it('has no reference to a nested stack in the key policy', () => {
    const parent = newStack({ env: TOKYO });
    const encryptionKey = new Key(parent, 'Customer');
    newArchiver(new NestedStack(parent, 'Nested'), { encryptionKey });
    const policy = JSON.stringify(Object.values(getResources(parent))[0].Properties.KeyPolicy);
    expect(policy).toMatch(/log-group:\*-ArchiverPlanArchiveLogGroup[0-9A-F]{8}-\*"/);
  });

  it('uses the synthesized stack name in the policy of another stack’s key', () => {
    const stackOfKey = newStack({ env: TOKYO });
    const encryptionKey = new Key(stackOfKey, 'Customer');
    newArchiver(new Stack(stackOfKey.node.root, 'Other', { env: TOKYO }), { encryptionKey });
    const policy = JSON.stringify(Object.values(getResources(stackOfKey))[0].Properties.KeyPolicy);
    expect(policy).toMatch(/log-group:Other-ArchiverPlanArchiveLogGroup[0-9A-F]{8}-\*"/);
  });

  it('prints the statements for an imported key, with the one for log delivery', () => {
    const other = newStack({ env: TOKYO });
    const encryptionKey = Key.fromKeyArn(
      other,
      'Imported',
      'arn:aws:kms:ap-northeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
    );
    newArchiver(other, { encryptionKey });
    const [logGroups, bucket] = getWarnings(other).map(([, text]) => text);
    expect(bucket).toContain('"kms:EncryptionContext:aws:s3:arn"');
    expect(logGroups).toContain(
      'encryptionKey is imported, so its policy cannot be updated automatically; deployment will fail until the key policy ' +
        'contains these statements. Add to the policy of ' +
        'arn:aws:kms:ap-northeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef in account 123456789012:',
    );
    expect(logGroups).toContain('"Service": "delivery.logs.amazonaws.com"');
    expect(logGroups).toContain('log-group:/aws/vendedlogs/states/Stack-Archiver-Workflow-');
    expect(logGroups).toContain('log-group:Stack-ArchiverPlanArchiveLogGroup');
  });
});

describe('an archiver without an encryptionKey', () => {
  const plain = newStack({ env: TOKYO });
  newArchiver(plain);

  it('has an unnamed state machine, and no KMS key', () => {
    const template = JSON.stringify(getResources(plain));
    expect(template).not.toMatch(/Kms|kms:|StateMachineName|aws:kms/);
  });
});
