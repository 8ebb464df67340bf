import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BINDING_VARIABLES } from '../core';
import { ArchiveFunction } from '../functions/archive-function';
import { grantReadTable, VerifiedBucket } from './verified-bucket';
import type { VerifierSettings } from './verifier-settings';

/** The three functions of a verifier, each with the permissions that it needs. */
export class VerifierFunctions {
  public readonly planVerification: ArchiveFunction;
  public readonly verifyReceipts: ArchiveFunction;
  public readonly writeStatements: ArchiveFunction;

  constructor(scope: Construct, settings: VerifierSettings) {
    const common = {
      ...settings,
      bundle: 'verify-archive',
      readsPages: true,
      environment: {
        [BINDING_VARIABLES.s3BucketName]: settings.bucket.bucketName,
        [BINDING_VARIABLES.account]: Stack.of(scope).account,
      },
    };
    const bucket = new VerifiedBucket(settings);
    this.planVerification = new ArchiveFunction(scope, 'PlanVerification', {
      ...common,
      name: 'plan-verification',
      handler: 'planHandler',
      memorySize: 1_024,
    });
    bucket.grantPlan(this.planVerification.role);
    this.verifyReceipts = new ArchiveFunction(scope, 'VerifyReceipts', {
      ...common,
      name: 'verify-receipts',
      handler: 'verifyHandler',
      memorySize: 512,
    });
    bucket.grantVerify(this.verifyReceipts.role);
    this.writeStatements = new ArchiveFunction(scope, 'WriteStatements', {
      ...common,
      name: 'write-statements',
      handler: 'reportHandler',
      // The function holds the table of all archivers and periods in memory.
      memorySize: 2_048,
    });
    bucket.grantReport(this.writeStatements.role);
    for (const other of settings.otherBuckets) {
      grantReadTable(this.writeStatements.role, other);
    }
  }
}
