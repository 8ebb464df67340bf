import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveRetention, ArchiveTable, ArchiveVerifier } from '../src';
import { newApp, newArchiver, TOKYO } from './archiver-stack';

const GOLDEN = join(__dirname, 'golden', 'logical-ids.json');

/** Creates stacks with every resource that the constructs can have. */
function createApp(): App {
  const app = newApp();
  newArchiver(new Stack(app, 'Plain'));
  const full = new Stack(app, 'Full', { env: TOKYO });
  newArchiver(full, {
    keyPrefix: 'logs',
    encryptionKey: new Key(full, 'Key'),
    notificationTopic: new Topic(full, 'Topic'),
    vpc: Vpc.fromVpcAttributes(full, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['a'],
      privateSubnetIds: ['subnet-1'],
    }),
  });
  const owner = new Stack(app, 'Owner', { env: TOKYO });
  const retention = ArchiveRetention.years(7);
  const { bucket } = new ArchiveBucket(owner, 'Archive', {
    objectLock: ObjectLockRetention.governance(retention.duration),
    retention,
  });
  new ArchiveVerifier(owner, 'Verifier', { bucket, notificationTopic: new Topic(owner, 'Topic') });
  new ArchiveTable(owner, 'Table', { bucket });
  return app;
}

/** Returns the type of each resource by logical id, and the logical id of each output, for each stack. */
function listResources(app: App): Record<string, Record<string, string>> {
  const stacks = app.synth().stacks.map(({ stackName, template }) => {
    const resources = Object.entries<{ Type: string }>(template.Resources).map(([id, { Type }]) => [id, Type]);
    const outputs = Object.keys(template.Outputs ?? {}).map((id) => [id, 'Output']);
    return [stackName, Object.fromEntries([...resources, ...outputs].sort())];
  });
  return Object.fromEntries(stacks);
}

const resources = listResources(createApp());

// Another logical id replaces the resource in each stack that is already deployed, or fails because its name is taken.
// Scripts read outputs by their logical ids.
it('keeps the logical id of each resource and output', () => {
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(GOLDEN, `${JSON.stringify(resources, undefined, 2)}\n`);
  }
  expect(resources).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
});

it.each([
  ['the archive bucket', 'Owner', 'ArchiveBucket49F1AC64', 'AWS::S3::Bucket'],
  ['the bucket of an archiver', 'Plain', 'ArchiverDestinationBucket856600AE', 'AWS::S3::Bucket'],
  ['the state machine', 'Plain', 'ArchiverWorkflowStateMachine1F90653C', 'AWS::StepFunctions::StateMachine'],
])('keeps the logical id of %s', (_, stack, id, type) => {
  expect(resources[stack]?.[id]).toBe(type);
});
