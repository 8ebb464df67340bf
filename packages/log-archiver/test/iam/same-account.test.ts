import { newArchiver, newStack } from '../archiver-stack';
import { attacksOf, callsOf } from './archiver-rows';
import { DeployedStack } from './deployed-stack';
import { exportsOf, trustOf } from './service-rows';
import { administratorOf, itDecides } from './table';

const ACCOUNT = '111111111111';

const app = newStack();
newArchiver(app, { keyPrefix: 'logs' });
const stack = new DeployedStack(app, ACCOUNT);
const place = { bucketName: stack.ref('AWS::S3::Bucket'), owner: ACCOUNT, keyPrefix: 'logs' };
const [here, there] = [administratorOf(ACCOUNT), administratorOf('333333333333')];
const policies = [stack.policies, here, there];

describe('of an archiver and its bucket in one account, AWS', () => {
  itDecides(policies, callsOf(stack, place));
});

describe('of an archiver that is not what it was, AWS', () => {
  itDecides(policies, attacksOf(stack, place));
});

describe('of CloudWatch Logs at the bucket, AWS', () => {
  itDecides(policies, exportsOf(ACCOUNT, place));
});

describe('of who takes the roles, AWS', () => {
  itDecides(policies, trustOf(stack, [here.arn, there.arn]));
});
