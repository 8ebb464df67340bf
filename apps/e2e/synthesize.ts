import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedStack } from '@log-archiver/local-aws';
import { WorkloadStack, type WorkloadStackProps } from '@log-archiver/sample-app';
import { App } from 'aws-cdk-lib';

/** The sample's workload, with a bucket of its own, as `cdk synth` would leave it. */
export function synthesizeSample(props: WorkloadStackProps): SynthesizedStack {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const { stackName } = new WorkloadStack(app, 'LogArchiverDemo', props);
  const assembly = app.synth();
  return { stackName, template: assembly.getStackByName(stackName).template, assetDirectory: assembly.directory };
}
