import { createHash } from 'node:crypto';
import { SignCommand } from '@aws-sdk/client-kms';
import { retryInPlace } from '@log-archiver/aws-clients/retry-in-place';
import type { Clients } from '../clients';

/**
 * Signs a message with a key of KMS. Returns the signature in DER.
 *
 * KMS signs the digest, because a message can only have 4,096 bytes. Check the signature with
 * `openssl dgst -sha256 -verify <public key> -signature <file>.sig <file>`.
 */
export async function sign(
  text: string,
  signingKey: string,
  clients: Pick<Clients, 'kms' | 'wait'>,
): Promise<Uint8Array> {
  const command = new SignCommand({
    KeyId: signingKey,
    Message: createHash('sha256').update(text).digest(),
    MessageType: 'DIGEST',
    SigningAlgorithm: 'ECDSA_SHA_256',
  });
  const { Signature } = await retryInPlace(clients, () => clients.kms.send(command));
  if (!Signature) {
    throw new Error(`KMS returned no signature of ${signingKey}`);
  }
  return Signature;
}
