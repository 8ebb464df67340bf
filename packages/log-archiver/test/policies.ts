import type { Stack } from 'aws-cdk-lib';
import { getResources, type Resource } from './archiver-stack';
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

/** Returns the roles of a stack by logical id, with their policies as deployed with the longest possible values. */
export function getRoles(stack: Stack): Record<string, RolePolicies> {
  const resources = getResources(stack);
  const document = (value: unknown) => withLongestValues(value, resources) as PolicyDocument;
  const findByType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const findDocuments = (role: string, type: string) =>
    findByType(type)
      .filter(([, policy]) => (policy.Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === role))
      .map(([, policy]) => document(policy.Properties.PolicyDocument));
  return Object.fromEntries(
    findByType('AWS::IAM::Role').map(([id, role]: [string, Resource]) => [
      id,
      {
        trust: document(role.Properties.AssumeRolePolicyDocument),
        inline: findDocuments(id, 'AWS::IAM::Policy'),
        managed: findDocuments(id, 'AWS::IAM::ManagedPolicy'),
      },
    ]),
  );
}

/** Returns the statements of all roles. */
export function getStatements(stack: Stack): Statement[] {
  return Object.values(getRoles(stack)).flatMap(({ inline, managed }) =>
    [...inline, ...managed].flatMap((document) => document.Statement),
  );
}

export function toList(value: string | string[]): string[] {
  return [value].flat();
}

/** Returns the only role whose logical id has this start. */
export function findRole(stack: Stack, start: string): RolePolicies {
  const found = Object.entries(getRoles(stack)).filter(([id]) => id.startsWith(start));
  if (found.length !== 1) {
    throw new Error(`expected one role ${start}…, got ${found.map(([id]) => id).join(', ')}`);
  }
  return found[0][1];
}
