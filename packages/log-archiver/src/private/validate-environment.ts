import { type ResourceEnvironment, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const ASPECT_NAMES = { account: 'account', region: 'Region' };

/** Account and Region that a resource must share with its user. */
export interface ResourceScope {
  /** The field that names the resource, for the error message. */
  readonly field: string;
  /** The user of the resource, for the error message. */
  readonly user: 'archiver' | 'bucket' | 'table' | 'verifier';
  readonly aspects: (keyof typeof ASPECT_NAMES)[];
}

/** Throws if the resource is known to be in another account or Region than `scope`. */
export function validateEnvironment(
  scope: Construct,
  { field, user, aspects }: ResourceScope,
  resource: ResourceEnvironment,
) {
  const stack = Stack.of(scope);
  for (const aspect of aspects) {
    if (areKnown(stack[aspect], resource[aspect]) && stack[aspect] !== resource[aspect]) {
      throw new Error(
        `${field} must be in the ${ASPECT_NAMES[aspect]} of the ${user}, ${stack[aspect]}, got ${resource[aspect]}`,
      );
    }
  }
}

/** Throws if the key is known to be elsewhere, or is an alias: in an IAM policy, the ARN of an alias matches no key. */
export function validateKey(scope: Construct, resourceScope: ResourceScope, { keyArn, env, stack }: IKey) {
  const [alias] = /(?<=:)alias\/[^"]*/.exec(JSON.stringify(stack.resolve(keyArn))) ?? [];
  if (alias !== undefined) {
    throw new Error(
      `${resourceScope.field} must be a key, not an alias (IAM policies cannot refer to aliases); got ${alias}`,
    );
  }
  validateEnvironment(scope, resourceScope, env);
}

/** Whether none of the values is a token. */
export function areKnown(...values: string[]): boolean {
  return !values.some((value) => Token.isUnresolved(value));
}
