import { RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { keepRemovalPolicy } from '../keep-removal-policy';

/**
 * Creates the key that signs statements. Only the role may sign, whatever IAM allows to other principals of the account.
 *
 * The key is retained, whatever an aspect of the app says, because it verifies the statements that exist. KMS does not
 * rotate keys that sign.
 */
export function createSigningKey(scope: Construct, role: IRole): Key {
  const key = new Key(scope, 'SigningKey', {
    description: 'LogArchiver: signs statements about the archive',
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  keepRemovalPolicy(
    key,
    'the signing key is retained although an aspect would delete it (it verifies the statements that exist); to delete ' +
      'it with its stack, call applyRemovalPolicy on the key',
  );
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['kms:Sign'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyTheVerifierSigns',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['kms:Sign'],
      resources: ['*'],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
    }),
  );
  return key;
}
