import type { StackPolicies, Statement } from '@log-archiver/local-aws';
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, type ArchiveBucketProps } from '../../src';
import { newArchiver } from '../archiver-stack';
import { administratorOf, type Row } from './access-cases';
import { attacksOf, callsOf, type Place, rolesOf } from './archiver-cases';
import { DeployedStack, REGION } from './deployed-stack';
import { exportsOf, trustOf } from './service-cases';
import { ANOTHER_KEY, deletionsOf, keyCallsOf, keyRows, membersOf, ownerOf, strangersAt } from './shared-bucket-cases';

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
  /** Of them, those of the vault itself, and of one of the accounts that archive there. */
  public readonly vault: StackPolicies;
  public readonly workload: StackPolicies;
  public readonly rows: Row[];
  /** Of one that somebody has `opened`. */
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
    this.vault = vault.policies;
    this.workload = workloads[0].policies;
    this.policies = [...[vault, ...workloads].map(({ policies }) => policies), member, owner, stranger];

    const place = (keyPrefix: string): Place => ({ bucketName: vault.ref('AWS::S3::Bucket'), owner: VAULT, keyPrefix });
    const organization: Record<string, string> = isOfOrganization ? { 'aws:PrincipalOrgID': ORGANIZATION } : {};
    const ofOrganization = (row: Row): Row => ({ ...row, context: { ...organization, ...row.context } });
    const anyPlace = place('');
    this.rows = [
      // They notice most of what could be wrong: they are asked first.
      ...membersOf(anyPlace, member.arn, organization),
      ...ownerOf(anyPlace, owner.arn),
      ...strangersAt(anyPlace, stranger.arn, isOfOrganization ? { 'aws:PrincipalOrgID': 'o-strangers00' } : {}),
      ...(hasKey
        ? keyRows(vault.arn('AWS::KMS::Key'), anyPlace, [member.arn, owner.arn, stranger.arn], organization)
        : []),
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
    ];
    this.rowsIfOpened = [
      ...deletionsOf('member', member.arn, anyPlace).map(ofOrganization),
      ...(hasKey ? keyCallsOf(vault.arn('AWS::KMS::Key'), anyPlace, rolesOf(workloads[0]), organization) : []),
    ];
  }
}

/** The same, where somebody has opened buckets and keys, and a key of a third account, to all who archive here. */
export function opened(policies: StackPolicies[]): StackPolicies[] {
  const open = (actions: string, resources: string[]): Statement => ({
    Effect: 'Allow',
    Principal: { AWS: WORKLOADS.map((account) => `arn:aws:iam::${account}:root`) },
    Action: actions,
    Resource: resources,
  });
  const additionTo = ([arn]: readonly string[]): Statement[] =>
    arn.startsWith('arn:aws:s3:::')
      ? [open('s3:*', [arn, `${arn}/*`])]
      : arn.includes(':kms:')
        ? [open('kms:*', ['*'])]
        : [];
  const another = { logicalId: 'Another', of: [ANOTHER_KEY], document: { Statement: additionTo([ANOTHER_KEY]) } };
  return [
    ...policies.map((stack) => ({
      ...stack,
      resourcePolicies: stack.resourcePolicies.map(({ document, ...policy }) => ({
        ...policy,
        document: { ...document, Statement: [...document.Statement, ...additionTo(policy.of)] },
      })),
    })),
    { account: '444444444444', roles: [], resourcePolicies: [another] },
  ];
}
