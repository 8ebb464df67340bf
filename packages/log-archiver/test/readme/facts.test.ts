import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunMetrics, VerificationMetrics } from '@log-archiver/core';
import type { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveVerifier } from '../../src';
import { getResources, newArchiver, newStack } from '../archiver-stack';

const ROOT = join(__dirname, '..', '..', '..', '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const README = read('README.md');
const PACKAGE = JSON.parse(read('packages', 'log-archiver', 'package.json'));

describe('the installation in README.md', () => {
  it('names the minimum versions of package.json', () => {
    const { engines, peerDependencies } = PACKAGE;
    const [cdk, constructs] = ['aws-cdk-lib', 'constructs'].map((name) => peerDependencies[name].replace('^', ''));
    const node = engines.node.replace(/^>= (\d+\.\d+)\.0$/, '$1');
    expect(README).toContain(
      `You need aws-cdk-lib ${cdk}, constructs ${constructs} and Node.js ${node}, or newer versions`,
    );
  });

  it('names the package or namespace of each language', () => {
    const { java, python, dotnet, go } = PACKAGE.jsii.targets;
    const rows = [...README.matchAll(/^\| ([\w#]+) \| `([^`]+)` \| `([^`]+)` \| \[`examples\/\w+`\]/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ['TypeScript', `npm install ${PACKAGE.name}`, PACKAGE.name],
      ['Python', `pip install ${python.distName}`, python.module],
      ['Java', `${java.maven.groupId}:${java.maven.artifactId}`, java.package],
      ['Go', `go get ${go.moduleName}/cdklogarchiver`, `${go.moduleName}/cdklogarchiver`],
      ['C#', `dotnet add package ${dotnet.packageId}`, dotnet.namespace],
    ]);
  });
});

/** All metrics that a function writes: the type requires each name. */
const RUN_METRICS = Object.keys({
  OldestIncompleteHours: true,
  Backlog: true,
  LogGroupsAtRisk: true,
  Losses: true,
  ArchivedBytes: true,
  SlotUse: true,
  SlotWaitSeconds: true,
} satisfies Record<keyof RunMetrics, true>);
const VERIFICATION_METRICS = Object.keys({ VerificationFaults: true } satisfies Record<
  keyof VerificationMetrics,
  true
>);

/** Counts the custom metrics and the alarms of a stack. */
function countBilled(stack: Stack, metrics: string[]) {
  const resources = Object.values(getResources(stack));
  const filters = resources.filter(({ Type }) => Type === 'AWS::Logs::MetricFilter');
  const filtered = filters.flatMap(({ Properties }) => Properties.MetricTransformations as { MetricName: unknown }[]);
  const names = new Set([...metrics, ...filtered.map(({ MetricName }) => JSON.stringify(MetricName))]);
  return { metrics: names.size, alarms: resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length };
}

describe('the custom metrics and alarms in README.md', () => {
  const countArchiver = (hasTopic: boolean) => {
    const stack = newStack();
    newArchiver(stack, hasTopic ? { notificationTopic: new Topic(stack, 'Topic') } : {});
    return countBilled(stack, RUN_METRICS);
  };
  const countVerifier = (hasTopic: boolean) => {
    const stack = newStack();
    const { bucket } = new ArchiveBucket(stack, 'ArchiveBucket');
    new ArchiveVerifier(stack, 'Verifier', {
      bucket,
      ...(hasTopic ? { notificationTopic: new Topic(stack, 'Topic') } : {}),
    });
    return countBilled(stack, VERIFICATION_METRICS);
  };

  it('are those of an archiver', () => {
    const [alone, notifying] = [countArchiver(false), countArchiver(true)];
    expect(README.replaceAll(/\s+/g, ' ')).toContain(
      `An archiver has ${alone.metrics} metrics and ${alone.alarms} alarms; with a \`notificationTopic\`, ` +
        `${notifying.metrics} metrics and ${notifying.alarms} alarms.`,
    );
  });

  it('are those of a verifier', () => {
    const [alone, notifying] = [countVerifier(false), countVerifier(true)];
    expect(README.replaceAll(/\s+/g, ' ')).toContain(
      `An \`ArchiveVerifier\` has ${alone.metrics} metric and ${alone.alarms} alarm; with a \`notificationTopic\`, ` +
        `${notifying.metrics} metrics and ${notifying.alarms} alarms.`,
    );
  });
});
