import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import ts from 'typescript';
import { ArchiveBucket, type LogArchiver, LogGroupSelection } from '../../src';
import { newApp, newArchiver, newStack } from '../archiver-stack';
import { FINDINGS, type Finding } from './findings';
import { insertValues, printAcknowledgements, printTable } from './printed';
import { createArchiveBucket, createHardenedArchiver, createMinimalArchiver, importArchiveBucket } from './uses';

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

/** Runs the code that a reader would copy. */
function acknowledge(archiver: LogArchiver, keyPrefix: string, logGroups = ['/aws/lambda/checkout:*']) {
  const { outputText } = ts.transpileModule(printAcknowledgements(), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {} as { acknowledgeFindings(archiver: LogArchiver, keyPrefix: string, logGroups: string[]): void };
  new Function('require', 'exports', outputText)(require, exports);
  exports.acknowledgeFindings(archiver, keyPrefix, logGroups);
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

describe('the documentation', () => {
  it.each([
    ['README.md', printTable()],
    ['docs/cdk-nag.md', `\`\`\`ts\n${printAcknowledgements()}\`\`\``],
  ])('contains in %s the text that UPDATE_GOLDEN=1 writes', (name, printed) => {
    const file = join(ROOT, name);
    const text = readFileSync(file, 'utf8');
    const updated = text.replace(/(?<=<!-- cdk-nag -->\n).*(?=<!-- \/cdk-nag -->)/s, () => `${printed}\n`);
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(file, updated);
    }
    expect(readFileSync(file, 'utf8')).toBe(updated);
    expect(updated).toContain(printed);
  });
});
