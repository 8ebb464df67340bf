import type { StackPolicies } from '@log-archiver/local-aws';
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, type ArchiveBucketProps } from '../../src';
import { newArchiver } from '../archiver-stack';
import { attacksOf, callsOf, type Place, rolesOf } from './archiver-rows';
import { DeployedStack, REGION } from './deployed-stack';
import { exportsOf, trustOf } from './service-rows';
import { administratorOf, type Row } from './table';
import { deletionsOf, keyCallsOf, keyRows, membersOf, ownerOf, strangersAt } from './vault-rows';

const VAULT = '999999999999';
const WORKLOADS = ['111111111111', '222222222222'] as const;
const STRANGER = '333333333333';
const ORGANIZATION = 'o-abcdefghij';

export interface VaultOptions {
  readonly hasKey?: boolean;
  /** Whether it takes the callers by their organization. */
  readonly isOfOrganization?: boolean;
}

export const VAULTS: [string, VaultOptions][] = [
  ['a vault', {}],
  ['a vault with a key', { hasKey: true }],
  ['a vault of an organization', { isOfOrganization: true }],
  ['a vault of an organization with a key', { hasKey: true, isOfOrganization: true }],
];

/** A vault and two accounts that archive there, and the calls that are asked of them. */
export class Vault {
  public readonly policies: StackPolicies[];
  public readonly rows: Row[];
  /** Of a vault whose policy somebody has opened to everybody in its accounts. */
  public readonly rowsIfOpened: Row[];

  constructor({ hasKey = false, isOfOrganization = false }: VaultOptions) {
    const app = new App();
    const stackOf = (id: string, account: string) => new Stack(app, id, { env: { account, region: REGION } });
    const vaultStack = stackOf('Vault', VAULT);
    const props: ArchiveBucketProps = {
      sourceAccounts: [...WORKLOADS],
      ...(isOfOrganization ? { organizationId: ORGANIZATION } : {}),
      ...(hasKey ? { encryptionKey: new Key(vaultStack, 'Key') } : {}),
    };
    const { bucket } = new ArchiveBucket(vaultStack, 'Archive', props);
    const workloadStacks = WORKLOADS.map((account) => {
      const stack = stackOf(`Workload${account}`, account);
      newArchiver(stack, { bucket });
      return [stack, account] as const;
    });
    const vault = new DeployedStack(vaultStack, VAULT);
    const workloads = workloadStacks.map(([stack, account]) => new DeployedStack(stack, account));
    const [member, owner, stranger] = [
      administratorOf(WORKLOADS[0]),
      administratorOf(VAULT),
      administratorOf(STRANGER),
    ];
    this.policies = [vault, ...workloads].map(({ policies }) => policies).concat(member, owner, stranger);

    const place = (keyPrefix: string): Place => ({ bucketName: vault.ref('AWS::S3::Bucket'), owner: VAULT, keyPrefix });
    const organization: Record<string, string> = isOfOrganization ? { 'aws:PrincipalOrgID': ORGANIZATION } : {};
    const ofOrganization = (row: Row): Row => ({ ...row, context: { ...organization, ...row.context } });
    const anyPlace = place('');
    this.rows = [
      ...workloads.flatMap((stack) => {
        const { account } = stack;
        const own = place(`${account}/${REGION}`);
        return [
          ...callsOf(stack, own).map(ofOrganization),
          ...attacksOf(stack, own).map(ofOrganization),
          ...trustOf(stack, [member.arn, stranger.arn]),
          ...exportsOf(account, own),
          ...(hasKey ? keyCallsOf(vault.arn('AWS::KMS::Key'), own, rolesOf(stack), organization) : []),
        ];
      }),
      ...membersOf(anyPlace, member.arn, organization),
      ...ownerOf(anyPlace, owner.arn),
      ...strangersAt(anyPlace, stranger.arn, isOfOrganization ? { 'aws:PrincipalOrgID': 'o-strangers00' } : {}),
      ...(hasKey ? keyRows(vault.arn('AWS::KMS::Key'), anyPlace, member.arn, stranger.arn, organization) : []),
    ];
    this.rowsIfOpened = deletionsOf('member', member.arn, anyPlace).map(ofOrganization);
  }
}

/** The same with a statement in the policies of buckets that opens them to everybody in the workloads' accounts. */
export function opened(policies: StackPolicies[]): StackPolicies[] {
  const statement = {
    Effect: 'Allow' as const,
    Principal: { AWS: WORKLOADS.map((account) => `arn:aws:iam::${account}:root`) },
    Action: 's3:*',
  };
  return policies.map((stack) => ({
    ...stack,
    resourcePolicies: stack.resourcePolicies.map((policy) => {
      const [arn] = policy.of;
      return arn?.startsWith('arn:aws:s3:::')
        ? {
            ...policy,
            document: {
              ...policy.document,
              Statement: [...policy.document.Statement, { ...statement, Resource: [arn, `${arn}/*`] }],
            },
          }
        : policy;
    }),
  }));
}
