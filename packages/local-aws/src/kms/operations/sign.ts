import { signDigest } from '../ecdsa';
import { getDigest, type KmsOperation, type MessageInput, messageFields } from './operation';

export const sign: KmsOperation = {
  input: { type: 'structure', required: ['KeyId', 'Message', 'SigningAlgorithm'], members: messageFields },
  call(keys, input: MessageInput) {
    const { arn, privateKey } = keys.get(input.KeyId);
    const signature = signDigest(privateKey, getDigest(input));
    return { KeyId: arn, Signature: signature.toString('base64'), SigningAlgorithm: input.SigningAlgorithm };
  },
};
