import type { Keys } from '../kms/keys';
import type { References } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';

/** Creates the keys of a stack that sign. Keys that encrypt only have a name and a policy. */
export function createSigningKeys(stack: SynthesizedStack, references: References, keys: Keys) {
  for (const [logicalId, { KeyUsage, KeySpec }] of readResources(stack, 'AWS::KMS::Key')) {
    if (KeyUsage === 'SIGN_VERIFY') {
      if (KeySpec !== 'ECC_NIST_P256') {
        throw new Error(
          `KeySpec of ${logicalId} must be ECC_NIST_P256, the only one that local-aws signs with, got ${KeySpec}`,
        );
      }
      keys.create(references.ref(logicalId));
    }
  }
}
