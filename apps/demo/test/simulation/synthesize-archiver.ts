import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { Frequency, LogArchiver, LogGroupSelection } from 'cdk-log-archiver';

/** An archiver of every log group of its account but a stranger's. */
export function synthesizeArchiver(frequency: Frequency = Frequency.DAILY): SynthesizedStack {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stack = new Stack(app, 'Simulation');
  new LogArchiver(stack, 'LogArchiver', {
    selection: [LogGroupSelection.all().excluding(LogGroupSelection.byPrefix('/stranger'))],
    frequency,
    timeZone: TimeZone.ASIA_TOKYO,
  });
  const assembly = app.synth();
  const { stackName } = stack;
  return { stackName, template: assembly.getStackByName(stackName).template, assetDirectory: assembly.directory };
}
