import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedStack } from '@log-archiver/local-aws';
import { WorkloadStack, type WorkloadStackProps } from '@log-archiver/sample-app';
import { App, type Stack } from 'aws-cdk-lib';

/** Cloud assemblies of all tests. They hold the bundles that local-aws loads when it deploys a stack. */
const assemblies: string[] = [];

process.once('exit', () => {
  for (const assembly of assemblies) {
    rmSync(assembly, { recursive: true, force: true });
  }
});

/** Synthesizes the sample's workload stack, which has its own bucket. */
export function synthesizeSample(props: WorkloadStackProps): SynthesizedStack {
  return synthesize((app) => new WorkloadStack(app, 'LogArchiverDemo', props));
}

/** Synthesizes one stack, as `cdk synth` does. */
export function synthesize(addStack: (app: App) => Stack): SynthesizedStack {
  const [stack] = synthesizeAll((app) => [addStack(app)]);
  return stack as SynthesizedStack;
}

/** Synthesizes the stacks of one app, as `cdk synth` does. */
export function synthesizeAll(addStacks: (app: App) => Stack[]): SynthesizedStack[] {
  const outdir = mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-'));
  assemblies.push(outdir);
  const app = new App({ outdir });
  const stackNames = addStacks(app).map(({ stackName }) => stackName);
  const assembly = app.synth();
  return stackNames.map((stackName) => ({
    stackName,
    template: assembly.getStackByName(stackName).template,
    assetDirectory: assembly.directory,
  }));
}
