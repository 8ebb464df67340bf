import type { Stack } from 'aws-cdk-lib';
import { type Resource, getResources } from './archiver-stack';
import { withLongestValues } from './longest-values';

export interface Statement {
  readonly Principal?: Record<string, string | string[]>;
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
  readonly Statement: Statement[];
}

export interface RolePolicies {
  readonly trust: PolicyDocument;
  readonly inline: PolicyDocument[];
  readonly managed: PolicyDocument[];
}

/** Every role of a stack by its logical id, and its policies as AWS sees them, with values as long as they can be. */
export function getRoles(stack: Stack): Record<string, RolePolicies> {
  const resources = getResources(stack);
  const document = (value: unknown) => withLongestValues(value, resources) as PolicyDocument;
  const findByType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const of = (role: string, type: string) =>
    findByType(type)
      .filter(([, policy]) => (policy.Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === role))
      .map(([, policy]) => document(policy.Properties.PolicyDocument));
  return Object.fromEntries(
    findByType('AWS::IAM::Role').map(([id, role]: [string, Resource]) => [
      id,
      {
        trust: document(role.Properties.AssumeRolePolicyDocument),
        inline: of(id, 'AWS::IAM::Policy'),
        managed: of(id, 'AWS::IAM::ManagedPolicy'),
      },
    ]),
  );
}

/** The statements of all roles. */
export function getStatements(stack: Stack): Statement[] {
  return Object.values(getRoles(stack)).flatMap(({ inline, managed }) =>
    [...inline, ...managed].flatMap((document) => document.Statement),
  );
}

export function toList(value: string | string[]): string[] {
  return [value].flat();
}

/** The role of a function or state machine whose logical id starts so. */
export function findRole(stack: Stack, start: string): RolePolicies {
  const found = Object.entries(getRoles(stack)).filter(([id]) => id.startsWith(start));
  if (found.length !== 1) {
    throw new Error(`expected one role ${start}…, got ${found.map(([id]) => id).join(', ')}`);
  }
  return found[0][1];
}
