import { App } from 'aws-cdk-lib';
import { LogArchiveStack } from '../log-archive-stack';
import { WorkloadStack } from '../workload-stack';

const LOG_ARCHIVE = '999999999999';
const WORKLOADS = ['111111111111', '222222222222'];
const REGIONS = ['ap-northeast-1', 'ap-northeast-3'];

const app = new App();
for (const region of REGIONS) {
  const { bucket } = new LogArchiveStack(app, `LogArchive-${region}`, {
    env: { account: LOG_ARCHIVE, region },
    sourceAccounts: WORKLOADS,
  });
  for (const account of WORKLOADS) {
    new WorkloadStack(app, `Workload-${account}-${region}`, { env: { account, region }, bucket });
  }
}
