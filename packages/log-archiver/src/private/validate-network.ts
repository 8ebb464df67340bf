import type { Construct } from 'constructs';
import type { LogArchiverProps } from '../log-archiver-props';
import { validateEnvironment } from './validate-environment';

/** Throws if the functions cannot be connected to the VPC, or if settings for a VPC have none. */
export function validateNetwork(
  scope: Construct,
  { vpc, vpcSubnets, securityGroups }: Pick<LogArchiverProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>,
) {
  if (vpc === undefined) {
    for (const [field, value] of Object.entries({ vpcSubnets, securityGroups })) {
      if (value !== undefined) {
        throw new Error(`vpc is required: ${field} is set`);
      }
    }
    return;
  }
  validateEnvironment(scope, { field: 'vpc', user: 'archiver', aspects: ['region'] }, vpc.env);
  if (securityGroups?.length === 0) {
    throw new Error('securityGroups must contain at least one security group, got none; leave it unset to create them');
  }
  if (vpc.selectSubnets(vpcSubnets).hasPublic) {
    throw new Error(
      'vpcSubnets must select only private subnets (a function has no public IP address), got a public subnet',
    );
  }
}
