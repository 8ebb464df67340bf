import { requiresEvaluator } from '@log-archiver/local-aws';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { newArchiver, newStack } from '../archiver-stack';
import { createCase, describeAccess } from './cases/access-cases';
import { getRoleArns } from './cases/archiver-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';

const ACCOUNT = '111111111111';
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:Stack-ArchiverPlanArchiveFunction`;
const CALLS = [
  ['ec2:CreateNetworkInterface', `arn:aws:ec2:${REGION}:${ACCOUNT}:network-interface/eni-1`],
  ['ec2:DeleteNetworkInterface', `arn:aws:ec2:${REGION}:${ACCOUNT}:network-interface/eni-1`],
  ['ec2:DescribeNetworkInterfaces', '*'],
] as const;

requiresEvaluator(describe)('the network interfaces of functions in a VPC', () => {
  const stack = newStack();
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a'],
    privateSubnetIds: ['subnet-1'],
  });
  newArchiver(stack, { vpc });
  const deployed = new DeployedStack(stack, ACCOUNT);
  const roles = getRoleArns(deployed);
  const cases = Object.entries(roles).flatMap(([name, role]) =>
    CALLS.flatMap(([action, resource]) => {
      const isOfFunction = ['plan', 'export', 'check', 'record'].includes(name);
      return [
        createCase(isOfFunction, role, action, resource),
        // Calls of the code of a function.
        createCase(false, role, action, resource, { 'lambda:SourceFunctionArn': FUNCTION }),
      ];
    }),
  );

  describeAccess([deployed.policies], cases);
});
