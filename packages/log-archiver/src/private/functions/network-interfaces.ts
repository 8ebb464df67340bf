import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';

const ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Allows Lambda, but not the code of the function, to manage the network interfaces of a function in a VPC.
 *
 * Lambda calls EC2 with the role of the function, on network interfaces whose ids are not known. Calls of the code have
 * the ARN of the function as `lambda:SourceFunctionArn`. A pattern, because the function depends on its role's policy.
 *
 * The statements replace the managed policy AWSLambdaVPCAccessExecutionRole, which also allows to create log groups.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function grantNetworkInterfaces(role: Role) {
  const functions = Stack.of(role).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ACTIONS, resources: ['*'] }));
  role.addToPrincipalPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ACTIONS,
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': functions } },
    }),
  );
}
