import { VerifyCommand, type VerifyCommandInput } from '@aws-sdk/client-kms';
import { DIGEST, KEY_ARN, MESSAGE, start } from '../local-kms';

/** Signs a message, and verifies the signature with other fields. */
async function verify(input: Partial<VerifyCommandInput>) {
  const { kms, sign } = start();
  const { Signature } = await sign();
  const fields = { KeyId: KEY_ARN, Message: MESSAGE, Signature, SigningAlgorithm: 'ECDSA_SHA_256' as const };
  return kms.send(new VerifyCommand({ ...fields, ...input }));
}

describe('Verify', () => {
  it.each<[string, Partial<VerifyCommandInput>]>([
    ['a message', {}],
    ['a digest', { Message: DIGEST, MessageType: 'DIGEST' }],
  ])('accepts the signature of %s', async (_, input) => {
    expect(await verify(input)).toMatchObject({ KeyId: KEY_ARN, SignatureValid: true });
  });

  it.each<[string, Partial<VerifyCommandInput>]>([
    ['another message', { Message: Buffer.from('other') }],
    ['something that is not a signature', { Signature: Buffer.from('other') }],
    ['integers that are too short', { Signature: Buffer.of(0x30, 6, 2, 1, 1, 2, 1, 1) }],
  ])('rejects %s', async (_, input) => {
    await expect(verify(input)).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });
});
