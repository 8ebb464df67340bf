import { App } from 'aws-cdk-lib';
import { SampleStack } from '../sample-stack';

const app = new App();
new SampleStack(app, 'LogArchiverSample', { env: { region: 'ap-northeast-1' } });
