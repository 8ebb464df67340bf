import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import ts from 'typescript';
import { ArchiveBucket, type LogArchiver, LogGroupSelection } from '../../src';
import { newArchiver, newStack } from '../archiver-stack';
import { FINDINGS, type Finding } from './findings';
import { printedAcknowledgements, printedTable, withValues } from './printed';
import { hardenedUse, hardenedArchiveBucket, importedArchiveBucket, minimalUse } from './uses';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** Where AwsSolutions finds what. */
function listFindings(scope: IConstruct): string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(scope);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    )
    .sort();
}

function expected(bucket: Finding['onlyFor'], values: Record<string, string>): string[] {
  return FINDINGS.filter(({ onlyFor = bucket }) => onlyFor === bucket)
    .flatMap(({ paths, ids }) =>
      paths.flatMap((path) => ids.map((id) => `Logs/LogArchiver/${path}/Resource ${withValues(id, values)}`)),
    )
    .sort();
}

/** What differs between archivers, in a Region of an account. */
function createValues(account: string, objects: string): Record<string, string> {
  const nameOfStateMachine = '{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"LogArchiverWorkflowStateMachine28E35118"}]}]}';
  return {
    executions: `arn:<AWS::Partition>:states:ap-northeast-1:${account}:execution:${nameOfStateMachine}`,
    logGroup: `arn:<AWS::Partition>:logs:ap-northeast-1:${account}:log-group:/aws/lambda/checkout:*`,
    objects,
    keys: 'arn:<AWS::Partition>:kms:ap-northeast-1:999999999999:key/*',
  };
}

const IN_OWN_BUCKET = expected(
  'a bucket of its own',
  createValues('<AWS::AccountId>', '<LogArchiverDestinationBucket201B7EFD.Arn>/'),
);
const IN_THE_VAULT = expected(
  'a bucket of another account',
  createValues(
    '123456789012',
    'arn:<AWS::Partition>:s3:::log-archive-999999999999-ap-northeast-1/123456789012/ap-northeast-1/',
  ),
);

describe('AwsSolutions finds', () => {
  it('of the minimal use what is documented', () => {
    expect(listFindings(minimalUse().node.root)).toEqual(IN_OWN_BUCKET);
  });

  it('of the hardened use what is documented, and nothing of its vault', () => {
    expect(listFindings(hardenedUse().node.root)).toEqual(IN_THE_VAULT);
  });

  it('no other keys where the one of the vault is known', () => {
    const others = IN_THE_VAULT.filter((finding) => !finding.includes(':key/*'));
    expect(listFindings(hardenedUse(importedArchiveBucket).node.root)).toEqual(others);
  });

  it('nothing of a vault, but that one without server access logs has none', () => {
    expect(listFindings(hardenedArchiveBucket(new App()).node.root)).toEqual([]);
    const vault = new ArchiveBucket(new Stack(new App(), 'LogArchive'), 'Archive');
    expect(listFindings(vault.node.root)).toEqual(['LogArchive/Archive/Bucket/Resource AwsSolutions-S1']);
  });
});

/** Runs what a reader would copy. */
function acknowledge(archiver: LogArchiver, keyPrefix: string, logGroups = ['/aws/lambda/checkout:*']) {
  const { outputText } = ts.transpileModule(printedAcknowledgements(), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {} as { acknowledgeFindings(archiver: LogArchiver, keyPrefix: string, logGroups: string[]): void };
  new Function('require', 'exports', outputText)(require, exports);
  exports.acknowledgeFindings(archiver, keyPrefix, logGroups);
}

describe('the acknowledgements', () => {
  it.each([
    ['minimal', minimalUse, ''],
    ['hardened', hardenedUse, '123456789012/ap-northeast-1/'],
  ])('leave nothing of the %s use, whose app cdk-nag then lets through', (_, use, keyPrefix) => {
    const archiver = use();
    const app = archiver.node.root as App;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    acknowledge(archiver, keyPrefix);
    expect(listFindings(app)).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  it('are what such an app needs', () => {
    const app = minimalUse().node.root as App;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow('AwsSolutions-IAM5[Resource::*]');
  });

  it('leave nothing of an archiver of another name, anywhere, that looks for its log groups', () => {
    const archiver = newArchiver(newStack(), {
      logGroups: [],
      selections: [LogGroupSelection.byPrefix('/aws/lambda/')],
    });
    acknowledge(archiver, '', ['/aws/lambda/*', '/aws/lambda/*:*']);
    expect(listFindings(archiver.node.root)).toEqual([]);
  });

  it('leave what they do not name', () => {
    const archiver = minimalUse();
    acknowledge(archiver, '', []);
    expect(listFindings(archiver.node.root)).toEqual(IN_OWN_BUCKET.filter((finding) => finding.includes(':log-group:')));
  });
});

describe('the documentation', () => {
  it.each([
    ['README.md', printedTable()],
    ['docs/cdk-nag.md', `\`\`\`ts\n${printedAcknowledgements()}\`\`\``],
  ])('has in %s what UPDATE_GOLDEN=1 writes there', (name, printed) => {
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
