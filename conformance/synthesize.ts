/** Synthesizes every kind of stack into a folder: `node --import tsx conformance/synthesize.ts FOLDER`. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { LogArchiver, LogGroupSelection } from '../packages/log-archiver/src';
import { newApp } from '../packages/log-archiver/test/archiver-stack';
import { KINDS_OF_STACKS } from '../packages/log-archiver/test/kinds-of-stacks';

const [folder = 'cdk.out'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

function copyTemplates(kind: string, app: App) {
  for (const { stackName, templateFullPath } of app.synth().stacks) {
    copyFileSync(templateFullPath, join(folder, `${kind}, ${stackName}.template.json`));
  }
}

for (const [kind, create] of KINDS_OF_STACKS) {
  copyTemplates(kind, create(recommendedFeatureFlags).node.root as App);
}

// Finds the log groups of check_state_machine.py.
const app = newApp({ context: recommendedFeatureFlags });
new LogArchiver(new Stack(app, 'Stack'), 'LogArchiver', { selections: [LogGroupSelection.all()] });
copyTemplates('all log groups', app);
