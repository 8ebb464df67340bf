import { type ResourceEnvironment, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const WHERE = { account: 'of the account', region: 'in the Region' };

export interface Place {
  readonly parameter: string;
  readonly whose: string;
  readonly aspects: (keyof typeof WHERE)[];
}

/** Throws where a resource is known to be of another account or Region than `whose` it is to be. */
export function refuseElsewhere(scope: Construct, { parameter, whose, aspects }: Place, theirs: ResourceEnvironment) {
  const ours = Stack.of(scope);
  for (const aspect of aspects) {
    if (areKnown(ours[aspect], theirs[aspect]) && ours[aspect] !== theirs[aspect]) {
      throw new Error(`${parameter} must be ${WHERE[aspect]} of ${whose}, ${ours[aspect]}, got ${theirs[aspect]}`);
    }
  }
}

/** Throws where a key is known to be elsewhere, or by an alias: the ARN of one, in a policy of IAM, is that of no key. */
export function validateKey(scope: Construct, place: Place, { keyArn, env, stack }: IKey) {
  const [alias] = /(?<=:)alias\/[^"]*/.exec(JSON.stringify(stack.resolve(keyArn))) ?? [];
  if (alias !== undefined) {
    throw new Error(`${place.parameter} must be a key, arn:…:key/…, since IAM policies know no alias, got ${alias}`);
  }
  refuseElsewhere(scope, place, env);
}

export function areKnown(...values: string[]): boolean {
  return !values.some((value) => Token.isUnresolved(value));
}
