import { Size, type Stack, TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveTable, type ArchiveTableProps, Granularity } from '../src';
import { getResources, newArchiver, newStack, TOKYO } from './archiver-stack';

function newTable(stack: Stack, props: Partial<ArchiveTableProps> = {}, id = 'Table'): ArchiveTable {
  const { bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs') } = props;
  return new ArchiveTable(stack, id, { ...props, bucket });
}

/** Returns the properties of the only resource of a type whose logical id begins with the id. */
function findProperties(stack: Stack, type: string, id = 'Table') {
  const [[, { Properties }], ...more] = Object.entries(getResources(stack)).filter(
    ([logicalId, { Type }]) => Type === type && logicalId.startsWith(id),
  );
  expect(more).toEqual([]);
  return Properties;
}

function getTable(stack: Stack, name: string) {
  const tables = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::Glue::Table');
  const inputs = tables.map(({ Properties }) => Properties.TableInput as Record<string, unknown>);
  return inputs.find(({ Name }) => Name === name) as {
    PartitionKeys: { Name: string; Type: string }[];
    Parameters: Record<string, unknown>;
    StorageDescriptor: { Location: unknown; SerdeInfo: unknown; InputFormat: string };
    ViewOriginalText: string;
    TableType: string;
  };
}

describe('the partitions', () => {
  const findPartitions = (stack: Stack) =>
    ['archived_lines', 'receipts'].map((name) => {
      const { PartitionKeys, Parameters } = getTable(stack, name);
      expect(PartitionKeys.every(({ Type }) => Type === 'string')).toBe(true);
      return [PartitionKeys.map(({ Name }) => Name), Parameters['storage.location.template']];
    });

  it('are months, below the key prefix of the archiver', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack, { keyPrefix: 'team/logs' });
    expect(findPartitions(stack)).toEqual([
      [['year', 'month', 's3_prefix'], 's3://logs/team/logs/${year}/${month}/${s3_prefix}/'],
      [
        ['year', 'month'],
        's3://logs/team/logs/_log-archiver/receipts/123456789012/ap-northeast-1/Etc/UTC/${year}-${month}/',
      ],
    ]);
  });

  it('are days in the time zone of the archiver', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack, { granularity: Granularity.DAILY, timeZone: TimeZone.ASIA_TOKYO });
    expect(findPartitions(stack)).toEqual([
      [['year', 'month', 'day', 's3_prefix'], 's3://logs/${year}/${month}/${day}/${s3_prefix}/'],
      [
        ['year', 'month', 'day'],
        's3://logs/_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/${year}-${month}-${day}/',
      ],
    ]);
  });

  it('begin with the source accounts of an archive bucket', () => {
    const stack = newStack({ env: TOKYO });
    const sourceAccounts = ['111111111111', '222222222222'];
    newTable(stack, { bucket: new ArchiveBucket(stack, 'Archive', { sourceAccounts }).bucket });
    const [[columns, template]] = findPartitions(stack) as [[string[], { 'Fn::Join': [string, unknown[]] }]];
    expect(columns).toEqual(['account', 'year', 'month', 's3_prefix']);
    expect(template['Fn::Join'][1].at(-1)).toBe('/${account}/ap-northeast-1/${year}/${month}/${s3_prefix}/');
    expect(getTable(stack, 'archived_lines').Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.account.type': 'enum',
      'projection.account.values': '111111111111,222222222222',
      'projection.year.type': 'integer',
      'projection.month.digits': '2',
      'projection.s3_prefix.type': 'injected',
      read_restored_glacier_objects: 'true',
    });
  });

  it('take the account from the query if another app deploys the archive bucket', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: TOKYO.account }) });
    expect(getTable(stack, 'receipts').Parameters['projection.account.type']).toBe('injected');
  });
});

describe('the tables', () => {
  it('read whole lines, and receipts of many lines', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack);
    expect(getTable(stack, 'archived_lines').StorageDescriptor).toMatchObject({
      Columns: [{ Name: 'line', Type: 'string' }],
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      Location: 's3://logs/',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
        Parameters: { 'input.regex': '(.*)' },
      },
    });
    expect(getTable(stack, 'receipts').StorageDescriptor).toMatchObject({
      InputFormat: 'com.amazon.ionhiveserde.formats.IonInputFormat',
      SerdeInfo: {
        SerializationLibrary: 'com.amazon.ionhiveserde.IonHiveSerDe',
        Parameters: { 'ion.receipt_account.path_extractor': '(account)', 'ion.ignore_malformed': 'true' },
      },
    });
  });

  it.each(['tasks', 'lines', 'events', 'unread_objects'])('have the view %s in the form of Athena', (name) => {
    const stack = newStack({ env: TOKYO });
    const { databaseName } = newTable(stack);
    const { TableType, Parameters, ViewOriginalText } = getTable(stack, name);
    expect([TableType, Parameters]).toEqual(['VIRTUAL_VIEW', { presto_view: 'true', comment: 'Presto View' }]);
    const [, base64 = ''] = /^\/\* Presto View: (.*) \*\/$/.exec(ViewOriginalText) ?? [];
    expect(JSON.parse(Buffer.from(base64, 'base64').toString())).toMatchObject({
      catalog: 'awsdatacatalog',
      schema: databaseName,
      originalSql: expect.stringMatching(/SELECT/),
    });
  });

  it('are in a database of their own, whose name Athena accepts', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
    const names = ['Months', 'Days-2'].map((id) => newTable(stack, { bucket }, id).databaseName);
    expect(names).toEqual([expect.stringMatching(/^[a-z0-9_]+$/), expect.stringMatching(/^[a-z0-9_]+$/)]);
    expect(names[0]).not.toBe(names[1]);
    expect(getTable(stack, 'events')).toBeDefined();
  });
});

describe('the workgroup', () => {
  it('limits and encrypts each query, whatever the query says', () => {
    const stack = newStack({ env: TOKYO });
    const { workGroup } = newTable(stack);
    expect(findProperties(stack, 'AWS::Athena::WorkGroup')).toEqual({
      Name: workGroup.name,
      Description: 'LogArchiver: queries of archived events',
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 107_374_182_400,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        PublishCloudWatchMetricsEnabled: true,
        ResultConfiguration: {
          OutputLocation: {
            'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^TableQueriesResults/) }, '/results/']],
          },
          ExpectedBucketOwner: '123456789012',
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
  });

  it('has the scan limit and the key of the props', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack, { scanLimit: Size.bytes(10_000_000), encryptionKey: new Key(stack, 'Key') });
    expect(findProperties(stack, 'AWS::Athena::WorkGroup').WorkGroupConfiguration).toMatchObject({
      BytesScannedCutoffPerQuery: 10_000_000,
      ResultConfiguration: {
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: { 'Fn::GetAtt': expect.anything() } },
      },
    });
  });

  it('has a private bucket for its results, which expire', () => {
    const stack = newStack({ env: TOKYO });
    newTable(stack);
    expect(findProperties(stack, 'AWS::S3::Bucket')).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const { PolicyDocument } = findProperties(stack, 'AWS::S3::BucketPolicy');
    expect(JSON.stringify(PolicyDocument)).toContain('"aws:SecureTransport":"false"');
    expect(JSON.stringify(PolicyDocument)).toContain('"s3:TlsVersion":1.2');
  });
});

describe('grantQuery', () => {
  const grant = (createBucket: (stack: Stack) => ArchiveTableProps) => {
    const stack = newStack({ env: TOKYO });
    const role = new Role(stack, 'Developers', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const table = new ArchiveTable(stack, 'Table', createBucket(stack));
    table.grantQuery(role);
    const { PolicyDocument } = findProperties(stack, 'AWS::IAM::Policy', 'Developers');
    const text = JSON.stringify((PolicyDocument as { Statement: object[] }).Statement)
      .replaceAll(
        /\{"Ref":"TableQueriesResults\w+"\}|\{"Fn::GetAtt":\["TableQueriesResults\w+","Arn"\]\}/g,
        '"RESULTS"',
      )
      .replaceAll(/\{"Fn::GetAtt":\["Archive\w+","Arn"\]\}/g, '"ARCHIVE"')
      .replaceAll(table.databaseName, 'DATABASE')
      .replaceAll('{"Ref":"AWS::Partition"}', '"aws"');
    type Arn = string | { 'Fn::Join'?: [string, string[]] };
    type Access = { Action: string | string[]; Resource: Arn | Arn[]; Condition?: object };
    return (JSON.parse(text) as Access[]).map(({ Action, Resource, Condition }) => [
      [Action].flat(),
      [Resource].flat().map((each) => (typeof each === 'string' ? each : (each['Fn::Join']?.[1].join('') ?? each))),
      ...(Condition ? [Condition] : []),
    ]);
  };
  const GLUE = 'arn:aws:glue:ap-northeast-1:123456789012';

  it('allows to query the table of a bucket, and nothing else', () => {
    expect(grant((stack) => ({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'logs'), keyPrefix: 'team' }))).toEqual([
      [
        [
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:GetWorkGroup',
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
        ],
        [expect.stringMatching(/^arn:aws:athena:ap-northeast-1:123456789012:workgroup\/Stack-Table-\w+$/)],
      ],
      [['glue:GetDatabase'], [`${GLUE}:catalog`, `${GLUE}:database/default`, `${GLUE}:database/DATABASE`]],
      [
        ['glue:GetTable', 'glue:GetTables'],
        [`${GLUE}:catalog`, `${GLUE}:database/DATABASE`, `${GLUE}:table/DATABASE/*`],
      ],
      [['s3:GetObject'], ['arn:aws:s3:::logs/team/20*', 'arn:aws:s3:::logs/team/_log-archiver/receipts/*']],
      [
        ['s3:ListBucket'],
        ['arn:aws:s3:::logs'],
        { StringLike: { 's3:prefix': ['team/20*', 'team/_log-archiver/receipts/*'] } },
      ],
      [['s3:GetBucketLocation'], ['arn:aws:s3:::logs', 'RESULTS']],
      [['s3:ListBucket', 's3:ListBucketMultipartUploads'], ['RESULTS']],
      [
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        ['RESULTS/results/*'],
      ],
    ]);
  });

  it('allows to read the archives of all accounts of an archive bucket, with its key', () => {
    const access = grant((stack) => {
      const [encryptionKey, resultsKey] = [new Key(stack, 'ArchiveKey'), new Key(stack, 'ResultsKey')];
      return { bucket: new ArchiveBucket(stack, 'Archive', { encryptionKey }).bucket, encryptionKey: resultsKey };
    });
    expect(access).toContainEqual([
      ['s3:GetObject'],
      ['ARCHIVE/*/ap-northeast-1/20*', 'ARCHIVE/*/ap-northeast-1/_log-archiver/receipts/*'],
    ]);
    expect(access.map(([actions]) => actions).slice(-2)).toEqual([
      ['kms:Decrypt'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
  });
});

it('accepts the bucket of an archiver in an environment-agnostic stack', () => {
  const stack = newStack();
  newTable(stack, { bucket: newArchiver(stack).bucket });
  expect(() => getResources(stack)).not.toThrow();
});
