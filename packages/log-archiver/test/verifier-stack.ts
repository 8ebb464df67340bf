import type { Stack } from 'aws-cdk-lib';
import { ArchiveBucket, ArchiveVerifier, type ArchiveVerifierProps } from '../src';

/** Creates a verifier, by default of an archive bucket in the same stack. */
export function newVerifier(stack: Stack, props: Partial<ArchiveVerifierProps> = {}, id = 'Verifier'): ArchiveVerifier {
  const { bucket = new ArchiveBucket(stack, 'Archive').bucket } = props;
  return new ArchiveVerifier(stack, id, { ...props, bucket });
}
