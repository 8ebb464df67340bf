import { getPublicKey } from './get-public-key';
import type { KmsOperation } from './operation';
import { sign } from './sign';
import { verify } from './verify';

/** Operations of KMS that local-aws supports, by name. */
export const operations: Readonly<Record<string, KmsOperation>> = {
  GetPublicKey: getPublicKey,
  Sign: sign,
  Verify: verify,
};
