import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import ts from 'typescript';
import { ArchiveBucket, ArchiveTable, type ArchiveVerifier, type LogArchiver, LogGroupSelection } from '../../src';
import { newApp, newArchiver, newStack, TOKYO } from '../archiver-stack';
import { compile, readExamples } from '../compile';
import { FINDINGS, type Finding, VERIFIER_FINDINGS } from './findings';
import { insertValues, printAcknowledgements, printTable, printVerifierAcknowledgements } from './printed';
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

function createExpected(uses: Finding['onlyFor'][], values: Record<string, string>): string[] {
  return FINDINGS.filter(({ onlyFor }) => onlyFor === undefined || uses.includes(onlyFor))
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

it('reports only missing server access logs for the results of an archive table', () => {
  const stack = newStack({ env: TOKYO });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
  new ArchiveTable(stack, 'Table', { bucket, encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) });
  expect(listFindings(stack.node.root)).toEqual(['Stack/Table/Queries/Results/Resource AwsSolutions-S1']);
});

/** Runs the code that a reader would copy. */
function run<T>(code: string): T {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {} as T;
  new Function('require', 'exports', outputText)(require, exports);
  return exports;
}

function acknowledge(archiver: LogArchiver, keyPrefix: string, logGroups = ['/aws/lambda/checkout:*']) {
  type Exports = { acknowledgeFindings(archiver: LogArchiver, keyPrefix: string, logGroups: string[]): void };
  run<Exports>(printAcknowledgements()).acknowledgeFindings(archiver, keyPrefix, logGroups);
}

function acknowledgeVerifier(verifier: ArchiveVerifier, bucket: IBucket, keyPrefix: string) {
  type Exports = { acknowledgeVerifierFindings(verifier: ArchiveVerifier, bucket: IBucket, keyPrefix: string): void };
  run<Exports>(printVerifierAcknowledgements()).acknowledgeVerifierFindings(verifier, bucket, keyPrefix);
}

describe('the acknowledgements', () => {
  it.each([
    ['minimal', createMinimalArchiver, ''],
    ['hardened', createHardenedArchiver, '123456789012/ap-northeast-1/'],
  ])('remove all findings of a %s archiver, so that its app synthesizes', (_, use, keyPrefix) => {
    const archiver = use();
    const app = archiver.node.root as App;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    acknowledge(archiver, keyPrefix);
    expect(listFindings(app)).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  it('are required to synthesize such an app', () => {
    const app = createMinimalArchiver().node.root as App;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow('AwsSolutions-IAM5[Resource::*]');
  });

  it('remove all findings of an environment-agnostic archiver with a selection', () => {
    const archiver = newArchiver(newStack(), {
      logGroups: [],
      selections: [LogGroupSelection.byPrefix('/aws/lambda/')],
    });
    acknowledge(archiver, '', ['/aws/lambda/*', '/aws/lambda/*:*']);
    expect(listFindings(archiver.node.root)).toEqual([]);
  });

  it('remove all findings of an archiver whose functions are in a VPC', () => {
    const stack = newStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['a'],
      privateSubnetIds: ['subnet-1'],
    });
    const archiver = newArchiver(stack, { vpc });
    acknowledge(archiver, '', ['/app/orders:*']);
    expect(listFindings(stack)).toEqual([]);
  });

  it('keep the findings that they do not name', () => {
    const archiver = createMinimalArchiver();
    acknowledge(archiver, '', []);
    expect(listFindings(archiver.node.root)).toEqual(
      IN_OWN_BUCKET.filter((finding) => finding.includes(':log-group:')),
    );
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

  it.each<[string, () => ArchiveVerifier, string, string]>([
    ['an archive bucket', createArchiveVerifier, 'Archive/Bucket', '*'],
    ['another bucket', createMinimalVerifier, 'Bucket', 'team'],
  ])('are removed by the acknowledgements, so that the app synthesizes: %s', (_, create, path, keyPrefix) => {
    const verifier = create();
    const app = verifier.node.root as App;
    const bucket = path
      .split('/')
      .reduce<IConstruct>((scope, id) => scope.node.findChild(id), Stack.of(verifier)) as unknown as IBucket;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    acknowledgeVerifier(verifier, bucket, keyPrefix);
    expect(listFindings(app)).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('the documentation', () => {
  it('has examples that compile', () => {
    const examples = readExamples(join(ROOT, 'docs', 'cdk-nag.md'));
    const texts = Object.fromEntries(examples.map((text, i) => [join(__dirname, `example-${i}.ts`), text]));
    const [errors] = compile([{ rootNames: Object.keys(texts), texts }], 'test/tsconfig.newest.json');
    expect(Object.values(errors)).toEqual(examples.map(() => []));
    expect(examples).toHaveLength(2);
  });

  it.each([
    ['README.md', 'cdk-nag', printTable()],
    ['docs/cdk-nag.md', 'cdk-nag', `\`\`\`ts\n${printAcknowledgements()}\`\`\``],
    ['docs/cdk-nag.md', 'cdk-nag-verifier', `\`\`\`ts\n${printVerifierAcknowledgements()}\`\`\``],
  ])('contains in %s, at %s, the text that UPDATE_GOLDEN=1 writes', (name, mark, printed) => {
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
