import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import { LocalAws, type LocalAwsOptions } from '../../src';

export const KEY_ARN = 'arn:aws:kms:ap-northeast-1:123456789012:key/Shop-Key';
export const MESSAGE = Buffer.from('{"status":"COMPLETE"}');
export const DIGEST = createHash('sha256').update(MESSAGE).digest();

/** Deploys a stack with a signing key, and returns functions that use it. */
export function start(options: Partial<LocalAwsOptions> = {}, KeySpec = 'ECC_NIST_P256') {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', ...options });
  const KeyPolicy = {
    Statement: [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' },
    ],
  };
  const Resources = {
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyUsage: 'SIGN_VERIFY', KeySpec, KeyPolicy } },
    Encryption: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } },
  };
  aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  const kms = new KMSClient(aws.clientConfig);
  const sign = (input: Partial<SignCommandInput> = {}) =>
    kms.send(new SignCommand({ KeyId: 'Shop-Key', Message: MESSAGE, SigningAlgorithm: 'ECDSA_SHA_256', ...input }));
  const readPublicKey = async () => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: KEY_ARN }));
    return createPublicKey({ key: Buffer.from(PublicKey as Uint8Array), type: 'spki', format: 'der' });
  };
  return { aws, kms, sign, readPublicKey };
}
