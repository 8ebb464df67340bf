import type { Stack } from 'aws-cdk-lib';
import { version } from '../package.json';
import { getResources, type Resource } from './archiver-stack';
import { withLongestValues } from './longest-values';

export interface Retrier {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the content
  readonly Parameters?: any;
  readonly Choices?: { readonly Next: string }[];
  readonly Retry?: Retrier[];
  readonly Catch?: { readonly ErrorEquals: string[]; readonly Next: string }[];
  readonly ItemProcessor?: Definition;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Record<string, State>;
}

/**
 * Returns the definition of the state machine of an archiver or a verifier.
 *
 * Values that are not known yet are `${LogicalId}` or `${LogicalId.Attribute}`, and the package's version is
 * `${version}`.
 */
export function getDefinition(stack: Stack, id = 'Archiver'): Definition {
  const text = findDefinitionString(getResources(stack), id);
  const definition = typeof text === 'string' ? text : text['Fn::Join'][1].map(formatPlaceholder).join('');
  return JSON.parse(definition.replaceAll(`cdk-log-archiver ${version}`, 'cdk-log-archiver ${version}'));
}

/** Returns the definition as deployed, with ARNs. */
export function getDeployedDefinition(stack: Stack, id = 'Archiver'): Definition {
  const resources = getResources(stack);
  return JSON.parse(withLongestValues(findDefinitionString(resources, id), resources) as string);
}

/** Returns the states of the execution of an item of a Map. */
export function getItemStates(
  { States }: Pick<Definition, 'States'>,
  map = 'ArchiveEachLogGroup',
): Record<string, State> {
  const { ItemProcessor } = States[map];
  if (ItemProcessor === undefined) {
    throw new Error(`expected ${map} to be a Map`);
  }
  return ItemProcessor.States;
}

function findDefinitionString(resources: Record<string, Resource>, start: string) {
  const [machine] = Object.entries(resources).filter(
    ([id, { Type }]) => Type === 'AWS::StepFunctions::StateMachine' && id.startsWith(start),
  );
  return machine[1].Properties.DefinitionString as string | { 'Fn::Join': [string, unknown[]] };
}

/** Removes the hash at the end of logical ids. */
function formatPlaceholder(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  const { Ref, 'Fn::GetAtt': attribute } = part as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  const [id, ...rest] = attribute ?? [Ref ?? JSON.stringify(part)];
  return `\${${[id.replace(/[0-9A-F]{8}$/, ''), ...rest].join('.')}}`;
}
