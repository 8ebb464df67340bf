import { createHash } from 'node:crypto';
import { AwsError } from '../../protocol/aws-error';
import type { Operation } from '../../protocol/operation';
import type { Shape } from '../../protocol/validation';
import type { Keys } from '../keys';

/** An operation of KMS. */
export type KmsOperation = Operation<Keys>;

/** Fields by which Sign and Verify name a message. */
export interface MessageInput {
  readonly KeyId: string;
  /** Base64. */
  readonly Message: string;
  /** @default 'RAW' */
  readonly MessageType?: 'RAW' | 'DIGEST';
  readonly SigningAlgorithm: typeof SIGNING_ALGORITHM;
}

/** The only signing algorithm of ECC_NIST_P256. */
export const SIGNING_ALGORITHM = 'ECDSA_SHA_256';

export const keyId: Shape = { type: 'string', min: 1, max: 2_048 };

/** Maximum length of a message with MessageType RAW. Longer ones are signed by their digest. */
const MAX_MESSAGE_BYTES = 4_096;

export const messageFields: Record<keyof MessageInput, Shape> = {
  KeyId: keyId,
  Message: { type: 'string' },
  MessageType: { type: 'string', values: ['RAW', 'DIGEST'] },
  SigningAlgorithm: { type: 'string', values: [SIGNING_ALGORITHM] },
};

/** Returns the SHA-256 of a message, or the message itself if it is a digest. */
export function getDigest({ Message, MessageType = 'RAW' }: MessageInput): Buffer {
  const message = Buffer.from(Message, 'base64');
  if (message.length === 0 || message.length > MAX_MESSAGE_BYTES) {
    const bound = message.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_MESSAGE_BYTES}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (MessageType === 'RAW') {
    return createHash('sha256').update(message).digest();
  }
  if (message.length !== 32) {
    throw new AwsError('ValidationException', `Digest is invalid length for algorithm ${SIGNING_ALGORITHM}.`);
  }
  return message;
}
