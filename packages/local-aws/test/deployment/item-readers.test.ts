import { LocalAws, requiresEvaluator, type Statement } from '../../src';

const NOW = '2026-11-01T18:00:00.500Z';
const LIST = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'archive', Prefix: 'a/' } };
const GET = {
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: { InputType: 'JSON' },
  Parameters: { Bucket: 'archive', Key: 'list.json' },
};

/** Deploys a state machine with an item reader and this statement in the policy of its role, and runs it. */
async function run(ItemReader: object, { statement, bucketName = 'archive', emptyMap }: Options = {}) {
  const aws = new LocalAws({ now: NOW, enforcePolicies: statement !== undefined, emptyMap });
  aws.buckets.createBucket(bucketName);
  for (const key of ['a/2', 'a/1', 'b']) {
    aws.buckets.putObject(bucketName, key, 'text');
  }
  aws.buckets.putObject(bucketName, 'list.json', '["x"]');
  const ItemProcessor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED' },
    StartAt: 'Done',
    States: { Done: { Type: 'Succeed' } },
  };
  const definition = { StartAt: 'Each', States: { Each: { Type: 'Map', ItemReader, ItemProcessor, End: true } } };
  const PolicyDocument = { Statement: [statement] };
  const Resources = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Statement: [] }, Policies: statement ? [{ PolicyDocument }] : [] },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionString: JSON.stringify(definition), RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  };
  const { stateMachine } = aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  return aws.waitFor(stateMachine.startExecution({}));
}

interface Options {
  statement?: Statement;
  bucketName?: string;
  emptyMap?: 'SUCCEEDS' | 'FAILS';
}

it('reads the objects below a prefix, in the order of their keys, with the fields of AWS', async () => {
  const fields = {
    Etag: '"1cb251ec0d568de6a929b520c4aed8d1"',
    LastModified: Date.parse('2026-11-01T18:00:00Z') / 1_000,
    Size: 4,
    StorageClass: 'STANDARD',
  };
  expect(await run(LIST)).toEqual({
    status: 'SUCCEEDED',
    output: [
      { Key: 'a/1', ...fields },
      { Key: 'a/2', ...fields },
    ],
  });
});

it('reads the items in an object', async () => {
  expect(await run(GET)).toEqual({ status: 'SUCCEEDED', output: ['x'] });
});

it.each([
  ['SUCCEEDS', 'SUCCEEDED'],
  ['FAILS', 'FAILED'],
] as const)('over no objects, with emptyMap %s, has status %s', async (emptyMap, status) => {
  const nothing = { ...LIST, Parameters: { Bucket: 'archive', Prefix: 'c/' } };
  expect(await run(nothing, { emptyMap })).toMatchObject({ status });
});

it.each([
  ['listObjectsV2', 'bucket', LIST, { bucketName: 'other' }],
  ['getObject', 'bucket', GET, { bucketName: 'other' }],
  ['getObject', 'key', { ...GET, Parameters: { Bucket: 'archive', Key: 'none' } }, {}],
])('%s fails if the %s does not exist', async (_operation, noun, itemReader, options) => {
  expect(await run(itemReader, options)).toEqual({
    status: 'FAILED',
    error: 'States.ItemReaderFailed',
    cause: expect.stringMatching(new RegExp(`The specified ${noun} does not exist`)),
  });
});

requiresEvaluator(describe)('with enforced policies', () => {
  const listing: Statement = {
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::archive',
    Condition: { StringLike: { 's3:prefix': 'a/*' } },
  };
  const reading: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/*' };

  it.each([
    ['listObjectsV2', LIST, listing, 'SUCCEEDED'],
    ['listObjectsV2', LIST, reading, 'FAILED'],
    ['listObjectsV2', { ...LIST, Parameters: { Bucket: 'archive', Prefix: 'b' } }, listing, 'FAILED'],
    ['getObject', GET, reading, 'SUCCEEDED'],
    ['getObject', GET, listing, 'FAILED'],
  ])('%s of %j with %j has status %s', async (_operation, itemReader, statement, status) => {
    expect(await run(itemReader, { statement })).toMatchObject({ status });
  });

  it('the error names the role and the missing permission', async () => {
    expect(await run(GET, { statement: listing })).toEqual({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining(
        'assumed-role/Shop-Role/execution is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::archive/list.json',
      ),
    });
  });
});
