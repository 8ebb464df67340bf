import { AwsError } from '../../protocol/aws-error';
import { isSignatureOf } from '../ecdsa';
import { getDigest, type KmsOperation, type MessageInput, messageFields } from './operation';

interface VerifyInput extends MessageInput {
  /** Base64. */
  readonly Signature: string;
}

/** Verifies a signature. An invalid one is an error, as on AWS. */
export const verify: KmsOperation = {
  input: {
    type: 'structure',
    required: ['KeyId', 'Message', 'Signature', 'SigningAlgorithm'],
    members: { ...messageFields, Signature: { type: 'string', min: 1 } },
  },
  call(keys, input: VerifyInput) {
    const { arn, privateKey } = keys.get(input.KeyId);
    if (!isSignatureOf(privateKey, getDigest(input), Buffer.from(input.Signature, 'base64'))) {
      throw new AwsError('KMSInvalidSignatureException', '');
    }
    return { KeyId: arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
};
