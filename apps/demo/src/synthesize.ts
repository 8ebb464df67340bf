import type { SynthesizedStack } from '@log-archiver/local-aws';
import { WorkloadStack, type WorkloadStackProps } from '@log-archiver/sample-app';
import { App } from 'aws-cdk-lib';

/** Synthesizes the sample's workload, which has its own bucket, into a folder as `cdk synth` does. */
export function synthesizeSample(outdir: string, props: WorkloadStackProps): SynthesizedStack {
  const app = new App({ outdir });
  const { stackName } = new WorkloadStack(app, 'LogArchiverDemo', props);
  const assembly = app.synth();
  return { stackName, template: assembly.getStackByName(stackName).template, assetDirectory: assembly.directory };
}
