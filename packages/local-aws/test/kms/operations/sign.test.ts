import { verify } from 'node:crypto';
import type { SignCommandInput } from '@aws-sdk/client-kms';
import { DIGEST, KEY_ARN, MESSAGE, start } from '../local-kms';

describe('Sign', () => {
  it.each([
    ['a message', {}],
    ['a digest', { Message: DIGEST, MessageType: 'DIGEST' as const }],
  ])('of %s returns a signature in DER that OpenSSL accepts', async (_, input) => {
    const { sign, readPublicKey } = start();
    const publicKey = await readPublicKey();
    // The first bytes of the integers are random, and decide on their lengths.
    for (let count = 0; count < 20; count++) {
      const { Signature } = await sign(input);
      expect(verify('sha256', MESSAGE, publicKey, Signature as Uint8Array)).toBe(true);
      expect(verify('sha256', DIGEST, publicKey, Signature as Uint8Array)).toBe(false);
    }
  });

  it.each(['Shop-Key', KEY_ARN])('accepts the key %s, and returns its ARN and the algorithm', async (KeyId) => {
    expect(await start().sign({ KeyId })).toMatchObject({ KeyId: KEY_ARN, SigningAlgorithm: 'ECDSA_SHA_256' });
  });

  it.each<[Partial<SignCommandInput>, string, string]>([
    [{ KeyId: 'other' }, 'NotFoundException', "key/other' does not exist"],
    [{ KeyId: 'Shop-Encryption' }, 'NotFoundException', "key/Shop-Encryption' does not exist"],
    [{ Message: new Uint8Array(4_097) }, 'ValidationException', 'length less than or equal to 4096'],
    [{ Message: new Uint8Array() }, 'ValidationException', 'length greater than or equal to 1'],
    [{ MessageType: 'DIGEST' }, 'ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256.'],
    [{ SigningAlgorithm: 'ECDSA_SHA_512' }, 'ValidationException', 'enum value set: [ECDSA_SHA_256]'],
  ])('rejects %j', async (input, name, message) => {
    await expect(start().sign(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});
