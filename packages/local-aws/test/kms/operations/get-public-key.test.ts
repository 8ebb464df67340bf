import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { KEY_ARN, start } from '../local-kms';

describe('GetPublicKey', () => {
  it('returns the public key of a deployed key, with its usage and algorithms', async () => {
    const { kms, readPublicKey } = start();
    expect(await kms.send(new GetPublicKeyCommand({ KeyId: 'Shop-Key' }))).toMatchObject({
      KeyId: KEY_ARN,
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    });
    expect((await readPublicKey()).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  it('rejects an unknown key', async () => {
    await expect(start().kms.send(new GetPublicKeyCommand({ KeyId: 'other' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
