import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogArchiver, type LogArchiverProps } from '../src';

export const TOKYO = { account: '123456789012', region: 'ap-northeast-1' };

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** A stack called `Stack` in an app of its own: of no environment and without feature flags, unless told otherwise. */
export function newStack(props: StackProps = {}, context?: Record<string, unknown>): Stack {
  return new Stack(new App({ context }), 'Stack', props);
}

export function importLogGroups(stack: Stack, ...names: string[]): ILogGroup[] {
  return names.map((name) => LogGroup.fromLogGroupName(stack, `Imported${stack.node.children.length}`, name));
}

/** An archiver called `Archiver`, of the log group `/app/orders` unless told otherwise. */
export function newArchiver(stack: Stack, props: LogArchiverProps = {}, id = 'Archiver'): LogArchiver {
  const { logGroups = importLogGroups(stack, '/app/orders') } = props;
  return new LogArchiver(stack, id, { ...props, logGroups });
}

export function getResources(stack: Stack): Record<string, Resource> {
  return Template.fromStack(stack).toJSON().Resources;
}

/** Every warning of a stack: its construct's path and its text. */
export function getWarnings(stack: Stack): [string, string][] {
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return warnings.map(({ id, entry }) => [id, String(entry.data)]);
}
