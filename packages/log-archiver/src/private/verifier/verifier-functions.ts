import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BINDING_VARIABLES } from '../core';
import { ArchiveFunction } from '../functions/archive-function';
import type { VerifiedBucket } from './verified-bucket';
import type { VerifierSettings } from './verifier-settings';

export interface VerifierFunctionsProps extends VerifierSettings {
  readonly archive: VerifiedBucket;
}

/** The three functions of a verifier, each with the permissions that it needs. */
export class VerifierFunctions {
  public readonly planVerification: ArchiveFunction;
  public readonly verifyReceipts: ArchiveFunction;
  public readonly writeStatements: ArchiveFunction;

  constructor(scope: Construct, { archive, ...settings }: VerifierFunctionsProps) {
    const common = {
      ...settings,
      bundle: 'verify-archive',
      readsPages: true,
      environment: {
        [BINDING_VARIABLES.s3BucketName]: settings.bucket.bucketName,
        [BINDING_VARIABLES.account]: Stack.of(scope).account,
      },
    };
    this.planVerification = new ArchiveFunction(scope, 'PlanVerification', {
      ...common,
      name: 'plan-verification',
      handler: 'planHandler',
      memorySize: 1_024,
    });
    archive.grantPlan(this.planVerification.role);
    this.verifyReceipts = new ArchiveFunction(scope, 'VerifyReceipts', {
      ...common,
      name: 'verify-receipts',
      handler: 'verifyHandler',
      memorySize: 512,
    });
    archive.grantVerify(this.verifyReceipts.role);
    this.writeStatements = new ArchiveFunction(scope, 'WriteStatements', {
      ...common,
      name: 'write-statements',
      handler: 'reportHandler',
      // The function holds the table of all archivers and periods in memory.
      memorySize: 2_048,
    });
    archive.grantReport(this.writeStatements.role);
    archive.grantReadTables(this.writeStatements.role);
  }
}
