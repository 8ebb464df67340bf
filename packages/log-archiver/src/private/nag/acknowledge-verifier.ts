import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { VERIFIED_PREFIX } from '../core';
import type { VerifiedBucket } from '../verifier/verified-bucket';
import { formatExecutions } from './acknowledge-archiver';
import { acknowledgeFindings } from './acknowledge-findings';
import { VERIFIER_FINDINGS } from './findings';

/** Acknowledges the findings about a verifier. */
export function acknowledgeVerifier(scope: IConstruct, archive: VerifiedBucket, stateMachine: IStateMachine) {
  const { bucket, metadata } = archive;
  acknowledgeFindings(scope, VERIFIER_FINDINGS, () => ({
    executions: [formatExecutions(stateMachine)],
    metadata: [bucket.arnForObjects(metadata)],
    verified: [bucket.arnForObjects(VERIFIED_PREFIX)],
  }));
}
