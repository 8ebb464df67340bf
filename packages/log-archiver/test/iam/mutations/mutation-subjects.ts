import type { StackPolicies } from '@log-archiver/local-aws';
import { type AccessCase, findWrongCases } from '../cases/access-cases';
import { HardenedArchiver } from '../hardened-archiver';
import { PlainArchiver } from '../plain-archiver';
import { READERS, Reader } from '../readers';
import { openToAccounts, SHARED_BUCKETS, SharedBucket } from '../shared-bucket';
import { VERIFIED_ARCHIVES, VerifiedArchive } from '../verified-archive';
import { createMutations, type Mutation } from './mutations';

const ONLY_THIS_RESOURCE = 'the policy of a bucket, queue or topic applies only to that resource';
const ONLY_PUT_OBJECT_CREATES = 'among the actions of s3:*, only PutObject creates objects';
const ONLY_PUT_OBJECT_ENCRYPTS = 'among the actions of s3:*, only PutObject has these condition keys';
const ONLY_TWO_ACTIONS_ALLOWED = 'the other statements allow CloudWatch Logs only these two actions';
const ANY_BUCKET = 'for a key, a bucket whose name CloudFormation generates can be any bucket, and so can an object';
const ONLY_PUT_METRIC_DATA_HAS_A_NAMESPACE = 'among the actions of cloudwatch:*, only PutMetricData has a namespace';
const AS_IN_GUIDE = "AWS's guide has the action, but its calls have no encryption context";

/** Mutations that no call can detect, by the end of their name, with the reason. */
const EQUIVALENT: Record<string, string> = {
  'Deny s3:*: on *': ONLY_THIS_RESOURCE,
  'Deny sqs:*: on *': ONLY_THIS_RESOURCE,
  'NobodyElseSends: on *': ONLY_THIS_RESOURCE,
  // The CDK numbers the statements of a topic.
  'TopicPolicyA1747468 0: on *': ONLY_THIS_RESOURCE,
  'Allow s3:GetBucketAcl: on *': ONLY_THIS_RESOURCE,
  'LogsServiceReadsTheBucketAcl: on *': ONLY_THIS_RESOURCE,
  'RecordersListBelowTheirAccount: on *': ONLY_THIS_RESOURCE,
  'PlannersListMetadata: on *': ONLY_THIS_RESOURCE,
  'LogsServiceActsForTheSourceAccounts: on *': ONLY_THIS_RESOURCE,
  'LogsServiceActsForTheSourceAccounts: of s3:*': ONLY_TWO_ACTIONS_ALLOWED,
  'NoCustomerProvidedKeys: on *': ONLY_THIS_RESOURCE,
  'NoCustomerProvidedKeys: of s3:*': ONLY_PUT_OBJECT_ENCRYPTS,
  'NoForeignKeys: on *': ONLY_THIS_RESOURCE,
  'NoForeignKeys: of s3:*': ONLY_PUT_OBJECT_ENCRYPTS,
  'OnlyTheOwnerDeletes: on *': ONLY_THIS_RESOURCE,
  'ReceiptsAreWrittenOnce: of s3:*': ONLY_PUT_OBJECT_CREATES,
  'Allow cloudwatch:PutMetricData: of cloudwatch:*': ONLY_PUT_METRIC_DATA_HAS_A_NAMESPACE,
  // The statements of roles have the same names.
  'ArchiverDestinationBucketPolicy3B65ACB7 Allow s3:ListBucket: on *': ONLY_THIS_RESOURCE,
  'BucketPolicyE9A3008A Allow s3:ListBucket: on *': ONLY_THIS_RESOURCE,
  'ArchiveBucketPolicy13E3D5ED Allow s3:ListBucket: on *': ONLY_THIS_RESOURCE,
  'Allow kms:GenerateDataKey*: without arn:aws:s3:::*/*': ANY_BUCKET,
  'Allow kms:Decrypt: without arn:aws:s3:::*/*': ANY_BUCKET,
  'Allow kms:Encrypt*: without kms:Describe*': AS_IN_GUIDE,
};

/** Policies to mutate, and the cases that must detect each mutation. */
export interface MutationSubject {
  readonly mutations: Mutation[];
  isDetected(mutation: Mutation): boolean;
}

/** The subjects by name, each with a number of mutations that it must exceed. */
export const SUBJECTS: [name: string, minimum: number, create: () => MutationSubject][] = [
  ['an archiver and its bucket', 150, createPlainSubject],
  ['a key and a topic', 80, createHardenedSubject],
  // The plainest shared bucket, and the one with everything.
  ...[SHARED_BUCKETS[0], SHARED_BUCKETS[3]].map(([name, options]): (typeof SUBJECTS)[number] => [
    name,
    50,
    () => createSharedSubject(new SharedBucket(options)),
  ]),
  ['a verifier of an archive bucket', 150, () => createVerifierSubject('an archive bucket', '')],
  // The other mutations are the same.
  ['a verifier of another bucket', 40, () => createVerifierSubject('another bucket', 's3:')],
  ...READERS.map(([name, options]): (typeof SUBJECTS)[number] => [
    `a principal with grantRead of ${name}`,
    10,
    () => createReaderSubject(new Reader(options)),
  ]),
];

/** Returns the names of the mutations that no case detects, except for the equivalent ones. */
export function findUndetected({ isDetected }: MutationSubject, mutations: Mutation[]): string[] {
  return mutations
    .filter((mutation) => !isDetected(mutation))
    .map(({ name }) => name)
    .filter((name) => !Object.keys(EQUIVALENT).some((end) => ` ${name}`.endsWith(` ${end}`)));
}

function createPlainSubject(): MutationSubject {
  const plain = new PlainArchiver();
  const cases = Object.values(plain.cases).flat();
  return {
    mutations: createMutations(plain.policies, plain.stack),
    isDetected: (mutation) => isDetectedBy(cases, mutation),
  };
}

/** Leaves out the mutations that the plain archiver has as well. */
function createHardenedSubject(): MutationSubject {
  const { policies, stack, cases } = new HardenedArchiver();
  const all = Object.values(cases).flat();
  const known = createPlainSubject().mutations.map(({ name }) => name);
  return {
    mutations: createMutations(policies, stack).filter(({ name }) => !known.includes(name)),
    isDetected: (mutation) => isDetectedBy(all, mutation),
  };
}

function createSharedSubject({ policies, owner, workload, cases, casesIfOpened }: SharedBucket): MutationSubject {
  const keyMutations = createMutations(policies, workload).filter(({ name }) => name.includes('Allow kms:'));
  return {
    mutations: [...createMutations(policies, owner), ...keyMutations],
    isDetected: (mutation) =>
      isDetectedBy(cases, mutation) || isDetectedBy(casesIfOpened, mutation, openToAccounts(mutation.policies)),
  };
}

/** Includes the mutations of the verifier's own policies, of statements whose first action has this start. */
function createVerifierSubject(bucket: keyof typeof VERIFIED_ARCHIVES, action: string): MutationSubject {
  const { policies, stack, cases } = new VerifiedArchive(VERIFIED_ARCHIVES[bucket]);
  const all = Object.values(cases).flat();
  const ofVerifier = createMutations(policies, stack).filter(({ name }) => name.startsWith('Verifier'));
  return {
    mutations: ofVerifier.filter(({ name }) => action === '' || name.includes(` Allow ${action}`)),
    isDetected: (mutation) => isDetectedBy(all, mutation),
  };
}

/** Includes the mutations of the statements that `grantRead` adds to the role, the bucket and the key. */
function createReaderSubject({ policies, checks }: Reader): MutationSubject {
  const granted = /^(Auditor\S*|\S*BucketPolicy\S*|Key\S*) Allow (s3:GetObject|s3:ListBucket|kms:Decrypt):/;
  return {
    mutations: policies.flatMap((stack) => createMutations(policies, stack)).filter(({ name }) => granted.test(name)),
    isDetected: (mutation) =>
      checks.some(({ change, cases }) => isDetectedBy(cases, mutation, change(mutation.policies))),
  };
}

function isDetectedBy(
  cases: AccessCase[],
  { concerns, allowsMore, ...mutation }: Mutation,
  policies: StackPolicies[] = mutation.policies,
): boolean {
  const concerned = cases.filter(concerns);
  const mostLikelyFirst = [true, false].flatMap((first) =>
    concerned.filter(({ allowed }) => (allowed !== allowsMore) === first),
  );
  return findWrongCases(policies, mostLikelyFirst, 1).length > 0;
}
