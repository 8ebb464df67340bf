import './fixed-version';
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { LogArchiveStack, WorkloadStack } from '../../src';

const REGION = 'ap-northeast-1';

const app = new App({ treeMetadata: false });
const logArchive = new LogArchiveStack(app, 'LogArchive', {
  env: { account: '999999999999', region: REGION },
  sourceAccounts: ['111111111111'],
});
const workload = new WorkloadStack(app, 'Workload', {
  env: { account: '111111111111', region: REGION },
  bucket: logArchive.bucket,
});
/** The same with a bucket of its own, in any account and Region. */
const single = new WorkloadStack(app, 'Single');

new IntegTest(app, 'SampleStacks', { testCases: [logArchive, workload, single] });
