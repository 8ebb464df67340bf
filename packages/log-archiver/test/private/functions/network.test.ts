import type { Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { LogArchiverProps } from '../../../src';
import { getResources, newArchiver, newStack, TOKYO } from '../../archiver-stack';
import { getRoles, toList } from '../../policies';

function importVpc(stack: Stack, region?: string) {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    region,
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['subnet-public-a', 'subnet-public-b'],
    privateSubnetIds: ['subnet-egress-a', 'subnet-egress-b'],
    isolatedSubnetIds: ['subnet-isolated-a', 'subnet-isolated-b'],
  });
}

function createStack(createProps: (stack: Stack) => LogArchiverProps = (stack) => ({ vpc: importVpc(stack) })): Stack {
  const stack = newStack({ env: TOKYO });
  newArchiver(stack, createProps(stack));
  return stack;
}

function findByType(stack: Stack, type: string) {
  return Object.entries(getResources(stack)).filter(([, { Type }]) => Type === type);
}

/** Returns the network configurations of the four functions. */
function findVpcConfigs(stack: Stack) {
  const functions = findByType(stack, 'AWS::Lambda::Function');
  expect(functions).toHaveLength(4);
  return functions.map(
    ([, { Properties }]) => Properties.VpcConfig as { SecurityGroupIds: unknown; SubnetIds: unknown },
  );
}

describe('the functions of an archiver without a vpc', () => {
  const stack = createStack(() => ({}));

  it('are not connected to one', () => {
    expect(findVpcConfigs(stack)).toEqual([undefined, undefined, undefined, undefined]);
    expect(findByType(stack, 'AWS::EC2::SecurityGroup')).toEqual([]);
  });

  it('have no permission to call EC2', () => {
    expect(JSON.stringify(getRoles(stack))).not.toContain('ec2:');
  });
});

describe('the functions of an archiver with a vpc', () => {
  it('are in its subnets with egress, each with a security group of its own', () => {
    const stack = createStack();
    const groups = findByType(stack, 'AWS::EC2::SecurityGroup').map(([id]) => id);
    expect(groups).toHaveLength(4);
    expect(findVpcConfigs(stack)).toEqual(
      groups.map((id) => ({
        SecurityGroupIds: [{ 'Fn::GetAtt': [id, 'GroupId'] }],
        SubnetIds: ['subnet-egress-a', 'subnet-egress-b'],
      })),
    );
  });

  it('are in the selected subnets, with the given security groups', () => {
    const stack = createStack((scope) => ({
      vpc: importVpc(scope),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: ['sg-1', 'sg-2'].map((id) => SecurityGroup.fromSecurityGroupId(scope, id, id)),
    }));
    const config = {
      SecurityGroupIds: ['sg-1', 'sg-2'],
      SubnetIds: ['subnet-isolated-a', 'subnet-isolated-b'],
    };
    expect(findVpcConfigs(stack)).toEqual([config, config, config, config]);
    expect(findByType(stack, 'AWS::EC2::SecurityGroup')).toEqual([]);
  });

  it('can be in the isolated subnets of a VPC of the stack', () => {
    const stack = newStack();
    const subnetConfiguration = [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }];
    newArchiver(stack, { vpc: new Vpc(stack, 'Vpc', { subnetConfiguration }) });
    const SubnetIds = findByType(stack, 'AWS::EC2::Subnet').map(([Ref]) => ({ Ref }));
    for (const config of findVpcConfigs(stack)) {
      expect(config).toMatchObject({ SubnetIds });
    }
  });
});

describe('the roles of functions in a vpc', () => {
  const stack = createStack();
  const roles = Object.entries(getRoles(stack)).map(
    ([id, { inline }]) =>
      [
        id.slice(0, -8),
        inline
          .flatMap(({ Statement }) => Statement)
          .filter(({ Action }) => toList(Action).some((action) => action.startsWith('ec2:'))),
      ] as const,
  );
  const [functionRoles, otherRoles] = [roles.slice(0, 4), roles.slice(4)];
  const statement = {
    Action: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Resource: '*',
  };

  it('allow Lambda to manage network interfaces, and deny it to the code of functions', () => {
    const SourceFunctionArn = 'arn:aws-us-gov:lambda:ap-northeast-1:123456789012:function:*';
    expect(functionRoles).toEqual(
      [
        'ArchiverPlanArchiveRole',
        'ArchiverExportLogToS3Role',
        'ArchiverCheckExportTaskRole',
        'ArchiverRecordArchiveRole',
      ].map((id) => [
        id,
        [
          { Effect: 'Allow', ...statement },
          {
            Effect: 'Deny',
            ...statement,
            Condition: { ArnLike: { 'lambda:SourceFunctionArn': SourceFunctionArn } },
          },
        ],
      ]),
    );
  });

  it('are the only ones with such permissions', () => {
    expect(otherRoles).toEqual([
      ['ArchiverWorkflowStateMachineRole', []],
      ['ArchiverScheduleRole', []],
    ]);
  });

  it('have no AWS managed policy', () => {
    expect(JSON.stringify(getResources(stack))).not.toContain(':iam::aws:policy');
  });

  it('have the permissions before their function is created', () => {
    const policies = findByType(stack, 'AWS::IAM::Policy').map(([id]) => id);
    for (const [, resource] of findByType(stack, 'AWS::Lambda::Function')) {
      const { DependsOn } = resource as unknown as { DependsOn: string[] };
      expect(DependsOn.filter((id) => policies.includes(id))).toHaveLength(1);
    }
  });
});

describe('invalid settings of the network', () => {
  it.each<[(stack: Stack) => LogArchiverProps, string]>([
    [() => ({ vpcSubnets: {} }), 'vpc is required: vpcSubnets is set'],
    [
      (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] }),
      'vpc is required: securityGroups is set',
    ],
    [
      (stack) => ({ vpc: importVpc(stack), securityGroups: [] }),
      'securityGroups must contain at least one security group, got none; leave it unset to create them',
    ],
    [
      (stack) => ({ vpc: importVpc(stack), vpcSubnets: { subnetType: SubnetType.PUBLIC } }),
      'vpcSubnets must select only private subnets (a function has no public IP address), got a public subnet',
    ],
    [
      (stack) => ({ vpc: importVpc(stack, 'eu-west-1') }),
      'vpc must be in the Region of the archiver, ap-northeast-1, got eu-west-1',
    ],
  ])('are rejected before anything is created: %#', (createProps, message) => {
    const stack = newStack({ env: TOKYO });
    const props = createProps(stack);
    expect(() => newArchiver(stack, props)).toThrow(new Error(message));
    expect(getResources(stack) ?? {}).toEqual({});
  });
});
