import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { ArchiveBucket, ArchiveTable, type ArchiveVerifier, type LogArchiver, LogGroupSelection } from '../../src';
import {
  ARCHIVER_FINDINGS,
  type FindingCondition,
  TABLE_FINDINGS,
  VERIFIER_FINDINGS,
} from '../../src/private/nag/findings';
import { importLogGroups, newApp, newArchiver, newStack, TOKYO } from '../archiver-stack';
import { compile, readExamples } from '../compile';
import { insertValues, printTable } from './printed';
import {
  createArchiveBucket,
  createArchiveVerifier,
  createHardenedArchiver,
  createMinimalArchiver,
  createMinimalVerifier,
  importArchiveBucket,
} from './uses';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** Returns the paths and IDs of the findings of AwsSolutions. */
function listFindings(scope: IConstruct): string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(scope);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    )
    .sort();
}

function createExpected(uses: FindingCondition[], values: Record<string, string>): string[] {
  return ARCHIVER_FINDINGS.filter(({ onlyFor }) => onlyFor === undefined || uses.includes(onlyFor))
    .flatMap(({ paths, ids }) =>
      paths.flatMap((path) => ids.map((id) => `Logs/LogArchiver/${path}/Resource ${insertValues(id, values)}`)),
    )
    .sort();
}

/** Returns the values that differ between archivers. */
function createValues(account: string, objects: string): Record<string, string> {
  const nameOfStateMachine = '{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"LogArchiverWorkflowStateMachine28E35118"}]}]}';
  return {
    executions: `arn:<AWS::Partition>:states:ap-northeast-1:${account}:execution:${nameOfStateMachine}`,
    logGroup: `arn:<AWS::Partition>:logs:ap-northeast-1:${account}:log-group:/aws/lambda/checkout:*`,
    objects,
    keys: 'arn:<AWS::Partition>:kms:ap-northeast-1:999999999999:key/*',
  };
}

const IN_OWN_BUCKET = createExpected(
  ['a bucket of its own'],
  createValues('<AWS::AccountId>', '<LogArchiverDestinationBucket201B7EFD.Arn>/'),
);
const IN_ARCHIVE_BUCKET = createExpected(
  ['a bucket of another account', 'a notificationTopic'],
  createValues(
    '123456789012',
    'arn:<AWS::Partition>:s3:::log-archive-999999999999-ap-northeast-1/123456789012/ap-northeast-1/',
  ),
);

describe('AwsSolutions', () => {
  it('reports the documented findings for a minimal archiver', () => {
    expect(listFindings(createMinimalArchiver().node.root)).toEqual(IN_OWN_BUCKET);
  });

  it('reports the documented findings for a hardened archiver, and none for its archive bucket', () => {
    expect(listFindings(createHardenedArchiver().node.root)).toEqual(IN_ARCHIVE_BUCKET);
  });

  it('does not report a key whose ARN is known', () => {
    const others = IN_ARCHIVE_BUCKET.filter((finding) => !finding.includes(':key/*'));
    expect(listFindings(createHardenedArchiver(importArchiveBucket).node.root)).toEqual(others);
  });

  it('reports only missing server access logs for an archive bucket', () => {
    expect(listFindings(createArchiveBucket(newApp()).node.root)).toEqual([]);
    const archiveBucket = new ArchiveBucket(new Stack(newApp(), 'LogArchive'), 'Archive');
    expect(listFindings(archiveBucket.node.root)).toEqual(['LogArchive/Archive/Bucket/Resource AwsSolutions-S1']);
  });
});

/** Creates a table, the results of which are encrypted. */
function createTable(): ArchiveTable {
  const stack = newStack({ env: TOKYO });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
  return new ArchiveTable(stack, 'Table', {
    bucket,
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
  });
}

it('reports the documented finding for an archive table', () => {
  expect(listFindings(createTable().node.root)).toEqual(['Stack/Table/Queries/Results/Resource AwsSolutions-S1']);
});

/** Creates an archiver and an archive bucket in two stacks of one environment, so that one stack imports from the other. */
function createArchiverBesideBucket(): LogArchiver {
  const app = newApp();
  const owner = new Stack(app, 'Owner', { env: TOKYO });
  const bucket = new Bucket(owner, 'Bucket', {
    enforceSSL: true,
    serverAccessLogsBucket: new Bucket(owner, 'AccessLogs', { enforceSSL: true }),
  });
  return newArchiver(new Stack(app, 'Logs', { env: TOKYO }), { bucket, keyPrefix: 'team' });
}

function createArchiverInVpc(): LogArchiver {
  const stack = newStack();
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a'],
    privateSubnetIds: ['subnet-1'],
  });
  return newArchiver(stack, { vpc });
}

function createArchiverWithSelections(): LogArchiver {
  const { all, byPrefix, byTag } = LogGroupSelection;
  return newArchiver(newStack(), { logGroups: [], selections: [byPrefix('/aws/lambda/'), byTag('team'), all()] });
}

/** Creates an archiver whose log groups do not fit in the inline policy of a role. */
function createArchiverOfManyLogGroups(): LogArchiver {
  const stack = newStack();
  const names = Array.from({ length: 9 }, (_, i) => `/${i}`.padEnd(512, 'x'));
  return newArchiver(stack, { logGroups: importLogGroups(stack, ...names) });
}

/** Synthesizes an app in which the pack is a plugin, and returns the findings of the synthesized app. */
function synthesize(app: App): string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  return listFindings(app);
}

describe('acknowledgeNagFindings', () => {
  it.each<[string, () => LogArchiver | ArchiveVerifier | ArchiveTable]>([
    ['a minimal archiver', createMinimalArchiver],
    ['a hardened archiver', createHardenedArchiver],
    ['an archiver with selections', createArchiverWithSelections],
    ['an archiver in a VPC', createArchiverInVpc],
    ['an archiver of many log groups', createArchiverOfManyLogGroups],
    ['an archiver that imports its bucket from another stack', createArchiverBesideBucket],
    ['a verifier of an archive bucket', createArchiveVerifier],
    ['a verifier of another bucket', createMinimalVerifier],
    ['an archive table', createTable],
  ])('acknowledges all findings, so that the app synthesizes: %s', (_, create) => {
    const construct = create();
    construct.acknowledgeNagFindings();
    expect(synthesize(construct.node.root as App)).toEqual([]);
  });

  it('is required to synthesize such an app', () => {
    expect(() => synthesize(createMinimalArchiver().node.root as App)).toThrow('AwsSolutions-IAM5[Resource::*]');
  });

  it('acknowledges the findings about log groups that are added later', () => {
    const archiver = createMinimalArchiver();
    archiver.acknowledgeNagFindings();
    archiver.addSelection(LogGroupSelection.byPrefix('/shop/'));
    expect(synthesize(archiver.node.root as App)).toEqual([]);
  });

  it('is about log groups only, in the managed policies of further log groups', () => {
    const findings = listFindings(createArchiverOfManyLogGroups().node.root);
    const inManagedPolicies = findings.filter((each) => each.includes('Permissions/LogGroups'));
    expect([...new Set(inManagedPolicies.map((each) => each.split(' ')[0]))]).toEqual([
      'Stack/Archiver/ExportPermissions/LogGroups2/Resource',
      'Stack/Archiver/ExportPermissions/LogGroups3/Resource',
      'Stack/Archiver/RecordPermissions/LogGroups2/Resource',
      'Stack/Archiver/RecordPermissions/LogGroups3/Resource',
    ]);
    expect(inManagedPolicies.filter((each) => !each.includes(':log-group:/'))).toEqual([]);
  });

  it('leaves the findings about another archiver of the same stack', () => {
    const archiver = createMinimalArchiver();
    const other = newArchiver(Stack.of(archiver), {}, 'Other');
    archiver.acknowledgeNagFindings();
    expect(new Set(listFindings(other.node.root).map((each) => each.split('/')[1]))).toEqual(new Set(['Other']));
  });

  it('leaves a finding about a statement that the app adds', () => {
    const archiver = createMinimalArchiver();
    archiver.acknowledgeNagFindings();
    archiver.planFunction.addToRolePolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['arn:aws:s3:::x/*'] }));
    expect(listFindings(archiver.node.root)).toEqual([
      'Logs/LogArchiver/PlanArchive/Role/DefaultPolicy/Resource AwsSolutions-IAM5[Action::s3:*]',
      'Logs/LogArchiver/PlanArchive/Role/DefaultPolicy/Resource AwsSolutions-IAM5[Resource::arn:aws:s3:::x/*]',
    ]);
  });
});

describe('the findings about a verifier', () => {
  const nameOfStateMachine = '{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"VerifierWorkflowStateMachineC5775F85"}]}]}';
  const createExecutions = (account: string) =>
    `arn:<AWS::Partition>:states:ap-northeast-1:${account}:execution:${nameOfStateMachine}`;

  it.each<[string, () => ArchiveVerifier, string, string, string]>([
    [
      'an archive bucket',
      createArchiveVerifier,
      createExecutions('999999999999'),
      '<ArchiveBucket49F1AC64.Arn>/*/_log-archiver',
      '<ArchiveBucket49F1AC64.Arn>/_verified',
    ],
    [
      'another bucket',
      createMinimalVerifier,
      createExecutions('<AWS::AccountId>'),
      'arn:<AWS::Partition>:s3:::logs/team/_log-archiver',
      'arn:<AWS::Partition>:s3:::logs/_verified',
    ],
  ])('are those of the list: %s', (_, create, executions, metadata, verified) => {
    const expected = VERIFIER_FINDINGS.flatMap(({ paths, ids }) =>
      paths.flatMap((path) =>
        ids.map((id) => `LogArchive/Verifier/${path}/Resource ${insertValues(id, { executions, metadata, verified })}`),
      ),
    );
    expect(listFindings(create().node.root)).toEqual(expected.sort());
  });
});

describe('the documentation', () => {
  it('has examples that compile', () => {
    const examples = readExamples(join(ROOT, 'docs', 'cdk-nag.md'));
    const texts = Object.fromEntries(examples.map((text, i) => [join(__dirname, `example-${i}.ts`), text]));
    const [errors] = compile([{ rootNames: Object.keys(texts), texts }], 'test/tsconfig.newest.json');
    expect(Object.values(errors)).toEqual(examples.map(() => []));
    expect(examples).toHaveLength(1);
  });

  it.each([
    ['README.md', 'cdk-nag', printTable(ARCHIVER_FINDINGS, 'archiver')],
    ['docs/cdk-nag.md', 'archiver', printTable(ARCHIVER_FINDINGS, 'archiver')],
    ['docs/cdk-nag.md', 'verifier', printTable(VERIFIER_FINDINGS, 'verifier')],
    ['docs/cdk-nag.md', 'table', printTable(TABLE_FINDINGS, 'table')],
  ])('contains in %s, at %s, the table that UPDATE_GOLDEN=1 writes', (name, mark, printed) => {
    const file = join(ROOT, name);
    const text = readFileSync(file, 'utf8');
    const printedBefore = new RegExp(`(?<=<!-- ${mark} -->\\n).*(?=<!-- /${mark} -->)`, 's');
    const updated = text.replace(printedBefore, () => `${printed}\n`);
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(file, updated);
    }
    expect(readFileSync(file, 'utf8')).toBe(updated);
    expect(updated).toContain(printed);
  });
});
