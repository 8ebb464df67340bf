import type { StackPolicies, Statement } from '@log-archiver/local-aws';
import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, type ArchiveBucketProps } from '../../src';
import { newApp, newArchiver } from '../archiver-stack';
import { type AccessCase, createAdministrator } from './cases/access-cases';
import { type BucketLocation, getRoleArns, listAttacks, listCalls } from './cases/archiver-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';
import { listExportCalls, listTrustCases } from './cases/service-cases';
import {
  ANOTHER_KEY,
  listDeletionCases,
  listKeyCalls,
  listKeyCases,
  listMemberCases,
  listOwnerCases,
  listStrangerCases,
  PATHS,
  type PathName,
} from './cases/shared-bucket-cases';

const OWNER = '999999999999';
const WORKLOADS = ['111111111111', '222222222222'] as const;
const FOREIGN_ACCOUNT = '333333333333';
const ORGANIZATION = 'o-abcdefghij';

export interface SharedBucketOptions {
  readonly hasKey?: boolean;
  /** Whether the bucket admits callers by their organization instead of by their account. */
  readonly hasOrganization?: boolean;
}

export const SHARED_BUCKETS: [string, SharedBucketOptions][] = [
  ['an archive bucket', {}],
  ['an archive bucket with a key', { hasKey: true }],
  ['an archive bucket of an organization', { hasOrganization: true }],
  ['an archive bucket of an organization with a key', { hasKey: true, hasOrganization: true }],
];

/** An archive bucket and two accounts that archive there, and their access cases. */
export class SharedBucket {
  public readonly policies: StackPolicies[];
  /** Policies of the bucket's stack. */
  public readonly owner: StackPolicies;
  /** Policies of the first account that archives there. */
  public readonly workload: StackPolicies;
  public readonly cases: AccessCase[];
  /** Cases that must hold even after `openToAccounts`. */
  public readonly casesIfOpened: AccessCase[];

  constructor({ hasKey = false, hasOrganization = false }: SharedBucketOptions) {
    const app = newApp();
    const createStack = (id: string, account: string) => new Stack(app, id, { env: { account, region: REGION } });
    const ownerStack = createStack('Archive', OWNER);
    const props: ArchiveBucketProps = {
      sourceAccounts: [...WORKLOADS],
      ...(hasOrganization ? { organizationId: ORGANIZATION } : {}),
      ...(hasKey ? { encryptionKey: new Key(ownerStack, 'Key') } : {}),
    };
    const { bucket } = new ArchiveBucket(ownerStack, 'Archive', props);
    const workloadStacks = WORKLOADS.map((account) => {
      const stack = createStack(`Workload${account}`, account);
      newArchiver(stack, { bucket });
      return [stack, account] as const;
    });
    const deployed = new DeployedStack(ownerStack, OWNER);
    const workloads = workloadStacks.map(([stack, account]) => new DeployedStack(stack, account));
    const createRoles = (account: string) =>
      Object.entries(PATHS).map(([name, path]) => [name, createAdministrator(account, path)] as const);
    const [members, foreigners] = [WORKLOADS[0], FOREIGN_ACCOUNT].map(createRoles);
    const [memberArns, foreignArns] = [members, foreigners].map(
      (roles) => Object.fromEntries(roles.map(([name, { arn }]) => [name, arn])) as Record<PathName, string>,
    );
    const owner = createAdministrator(OWNER);
    this.owner = deployed.policies;
    this.workload = workloads[0].policies;
    this.policies = [
      ...[deployed, ...workloads].map(({ policies }) => policies),
      ...[...members, ...foreigners].map(([, role]) => role),
      owner,
    ];

    const locate = (keyPrefix: string): BucketLocation => ({
      bucketName: deployed.ref('AWS::S3::Bucket'),
      owner: OWNER,
      keyPrefix,
    });
    const organization: Record<string, string> = hasOrganization ? { 'aws:PrincipalOrgID': ORGANIZATION } : {};
    const withOrganization = (accessCase: AccessCase): AccessCase => ({
      ...accessCase,
      context: { ...organization, ...accessCase.context },
    });
    const anyLocation = locate('');
    const keyArn = hasKey ? deployed.arn('AWS::KMS::Key') : undefined;
    this.cases = [
      // First, because these cases detect most mutations.
      ...listMemberCases(anyLocation, memberArns, organization, keyArn),
      ...listOwnerCases(anyLocation, owner.arn),
      ...listStrangerCases(anyLocation, foreignArns, hasOrganization ? { 'aws:PrincipalOrgID': 'o-strangers00' } : {}),
      ...(keyArn === undefined
        ? []
        : listKeyCases(
            keyArn,
            anyLocation,
            {
              member: memberArns.record,
              outsider: memberArns.member,
              owner: owner.arn,
              foreigner: foreignArns.record,
            },
            organization,
          )),
      ...workloads.flatMap((stack) => {
        const { account } = stack;
        const own = locate(`${account}/${REGION}`);
        return [
          ...listCalls(stack, own).map(withOrganization),
          ...listAttacks(stack, own).map(withOrganization),
          ...listTrustCases(stack, [memberArns.member, foreignArns.member]),
          ...[own, locate(account)].flatMap((location) => listExportCalls(account, location)),
          ...(keyArn === undefined ? [] : listKeyCalls(keyArn, own, getRoleArns(stack), organization)),
        ];
      }),
    ];
    this.casesIfOpened = [
      ...listDeletionCases('member', memberArns.member, anyLocation).map(withOrganization),
      ...(keyArn === undefined ? [] : listKeyCalls(keyArn, anyLocation, getRoleArns(workloads[0]), organization)),
    ];
  }
}

/** Adds statements that open the buckets and keys, and a key of a third account, to accounts. */
export function openToAccounts(policies: StackPolicies[], accounts: readonly string[] = WORKLOADS): StackPolicies[] {
  const open = (actions: string, resources: string[]): Statement => ({
    Effect: 'Allow',
    Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
    Action: actions,
    Resource: resources,
  });
  const createAddition = ([arn]: readonly string[]): Statement[] =>
    arn.startsWith('arn:aws:s3:::')
      ? [open('s3:*', [arn, `${arn}/*`])]
      : arn.includes(':kms:')
        ? [open('kms:*', ['*'])]
        : [];
  const another = { logicalId: 'Another', of: [ANOTHER_KEY], document: { Statement: createAddition([ANOTHER_KEY]) } };
  return [
    ...policies.map((stack) => ({
      ...stack,
      resourcePolicies: stack.resourcePolicies.map(({ document, ...policy }) => ({
        ...policy,
        document: { ...document, Statement: [...document.Statement, ...createAddition(policy.of)] },
      })),
    })),
    { account: '444444444444', roles: [], resourcePolicies: [another] },
  ];
}
