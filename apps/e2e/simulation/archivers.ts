import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Granularity, LogArchiver, LogGroupSelection } from 'cdk-log-archiver';

export const BUCKET_NAME = 'archive';
export const ORDERS = '/app/orders';

/** What tells the archivers of an account apart. */
export interface ArchiverTraits {
  readonly stackName: string;
  /** What the names of its log groups start with. */
  readonly selects: string;
  readonly keyPrefix: string;
  /** Where it puts `/app/orders`; `null`: where its name says. */
  readonly ordersPrefix: string | null;
  /** Its days begin as many hours after those of Tokyo. */
  readonly hoursBehind: 0 | 9;
}

export const FIRST: ArchiverTraits = {
  stackName: 'First',
  selects: '',
  keyPrefix: '',
  ordersPrefix: null,
  hoursBehind: 0,
};
const SECOND: ArchiverTraits = { ...FIRST, stackName: 'Second', selects: '/app/' };

/** The archivers of one account, which share its only export slot and one bucket. */
export const ARCHIVERS = {
  ONE: [FIRST],
  SAME_KEYS: [FIRST, SECOND],
  OTHER_KEY_PREFIX: [FIRST, { ...SECOND, keyPrefix: 'second' }],
  OTHER_S3_PREFIX: [FIRST, { ...SECOND, ordersPrefix: 'second/orders' }],
  OTHER_TIME_ZONE: [FIRST, { ...SECOND, hoursBehind: 9 }],
} satisfies Record<string, ArchiverTraits[]>;

const synthesized = new Map<string, SynthesizedStack>();

/** Each archiver is synthesized once, and deployed to many worlds. */
export function synthesizeArchiver(traits: ArchiverTraits, granularity: keyof typeof Granularity): SynthesizedStack {
  const key = JSON.stringify([traits, granularity]);
  const known = synthesized.get(key) ?? synthesize(traits, granularity);
  synthesized.set(key, known);
  return known;
}

function synthesize(traits: ArchiverTraits, granularity: keyof typeof Granularity): SynthesizedStack {
  const { stackName, selects, keyPrefix, ordersPrefix, hoursBehind } = traits;
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stack = new Stack(app, stackName);
  const all = selects === '' ? LogGroupSelection.all() : LogGroupSelection.byPrefix(selects);
  // The archivers leave each other's own log groups alone: they would be most of what there is to archive.
  const others = ['/stranger', '/aws/vendedlogs/', 'First', 'Second'].map((prefix) =>
    LogGroupSelection.byPrefix(prefix),
  );
  const archiver = new LogArchiver(stack, 'LogArchiver', {
    selections: [all.excluding(...others)],
    bucket: Bucket.fromBucketName(stack, 'Bucket', BUCKET_NAME),
    granularity: Granularity[granularity],
    timeZone: hoursBehind === 0 ? TimeZone.ASIA_TOKYO : TimeZone.ETC_UTC,
    ...(keyPrefix === '' ? {} : { keyPrefix }),
  });
  if (ordersPrefix !== null) {
    archiver.addLogGroup(LogGroup.fromLogGroupName(stack, 'Orders', ORDERS), { s3Prefix: ordersPrefix });
  }
  const assembly = app.synth();
  return { stackName, template: assembly.getStackByName(stackName).template, assetDirectory: assembly.directory };
}
