import { Duration, Names, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { getSecureBucketProps } from '../destination/hardened-bucket';
import type { TableSettings } from './table-settings';

/** Days after which the results of a query expire. They can be queried again. */
const RESULTS_EXPIRE_AFTER_DAYS = 30;

/** Workgroup whose queries scan a limited number of bytes, and the bucket of their results. */
export class QueryWorkGroup extends Construct {
  public readonly workGroup: CfnWorkGroup;
  public readonly resultsBucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    { scanLimitBytes, encryptionKey }: Pick<TableSettings, 'scanLimitBytes' | 'encryptionKey'>,
  ) {
    super(scope, id);
    this.resultsBucket = new Bucket(this, 'Results', {
      ...getSecureBucketProps(encryptionKey),
      lifecycleRules: [
        {
          expiration: Duration.days(RESULTS_EXPIRE_AFTER_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: Names.uniqueResourceName(scope, { separator: '-', maxLength: 128 }),
      description: 'LogArchiver: queries of archived events',
      // Without this option, CloudFormation cannot delete a workgroup that has saved queries.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: scanLimitBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        publishCloudWatchMetricsEnabled: true,
        resultConfiguration: {
          outputLocation: this.resultsBucket.s3UrlForObject('results/'),
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration:
            encryptionKey === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn },
        },
      },
    });
  }
}
