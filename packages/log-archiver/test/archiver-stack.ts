import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogArchiver, type LogArchiverProps } from '../src';

export const TOKYO = { account: '123456789012', region: 'ap-northeast-1' };

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** Folder of the synthesized apps, deleted at the end of the process. */
const OUTPUT = mkdtempSync(join(tmpdir(), 'cdk-log-archiver-'));
let apps = 0;

process.once('exit', () => rmSync(OUTPUT, { recursive: true, force: true }));

/** Creates an app whose output is deleted at the end of the process. */
export function newApp(props: AppProps = {}): App {
  apps += 1;
  return new App({ outdir: join(OUTPUT, String(apps)), ...props });
}

/** Creates a stack `Stack` in an app of its own, environment-agnostic and without feature flags by default. */
export function newStack(props: StackProps = {}, context?: Record<string, unknown>): Stack {
  return new Stack(newApp({ context }), 'Stack', props);
}

export function importLogGroups(stack: Stack, ...names: string[]): ILogGroup[] {
  return names.map((name) => LogGroup.fromLogGroupName(stack, `Imported${stack.node.children.length}`, name));
}

/** Creates an archiver of the log group `/app/orders` by default. */
export function newArchiver(stack: Stack, props: LogArchiverProps = {}, id = 'Archiver'): LogArchiver {
  const { logGroups = importLogGroups(stack, '/app/orders') } = props;
  return new LogArchiver(stack, id, { ...props, logGroups });
}

/** Returns the resources of a stack's template by logical id. */
export function getResources(stack: Stack): Record<string, Resource> {
  return Template.fromStack(stack).toJSON().Resources;
}

/** Returns the warnings of a stack, each with the path of its construct. */
export function getWarnings(stack: Stack): [string, string][] {
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return warnings.map(({ id, entry }) => [id, String(entry.data)]);
}
