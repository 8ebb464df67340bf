import { type KmsOperation, keyId, SIGNING_ALGORITHM } from './operation';

export const getPublicKey: KmsOperation = {
  input: { type: 'structure', required: ['KeyId'], members: { KeyId: keyId } },
  call(keys, { KeyId }: { KeyId: string }) {
    const { arn, publicKey } = keys.get(KeyId);
    return {
      KeyId: arn,
      PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      KeySpec: 'ECC_NIST_P256',
      CustomerMasterKeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: [SIGNING_ALGORITHM],
    };
  },
};
