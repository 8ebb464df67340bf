import { type Row, wrongRows } from './access-cases';
import { Hardened } from './hardened';
import { type Mutation, mutationsOf } from './mutations';
import { OwnBucket } from './own-bucket';
import { opened, VAULTS, Vault } from './shared-bucket';

const OF_THAT_ONE_ALONE = 'the policy of a bucket, queue or topic is asked of that one alone';
const ONLY_PUT_OBJECT_CREATES = 'of what s3:* is, PutObject alone creates objects';
const ANY_BUCKET = 'a bucket whose name CloudFormation makes can be any to the key it waits for, and so can an object';
const OF_THE_GUIDE = "AWS's guide has it, but such a call has no encryption context";

/** What no call can tell from what it was, by the end of its name, and why. */
const EQUIVALENT: Record<string, string> = {
  'Deny s3:*: on *': OF_THAT_ONE_ALONE,
  'Deny sqs:*: on *': OF_THAT_ONE_ALONE,
  'NobodyElseSends: on *': OF_THAT_ONE_ALONE,
  // The CDK numbers the statements of a topic.
  'TopicPolicyA1747468 0: on *': OF_THAT_ONE_ALONE,
  'TopicPolicyA1747468 1: on *': OF_THAT_ONE_ALONE,
  'Allow s3:GetBucketAcl: on *': OF_THAT_ONE_ALONE,
  'LogsServiceReadsTheBucketAcl: on *': OF_THAT_ONE_ALONE,
  'CallersListBelowTheirAccount: on *': OF_THAT_ONE_ALONE,
  'OnlyTheOwnerDeletes: on *': OF_THAT_ONE_ALONE,
  'ReceiptsAreWrittenOnce: of s3:*': ONLY_PUT_OBJECT_CREATES,
  'Allow kms:GenerateDataKey*: without arn:aws:s3:::*/*': ANY_BUCKET,
  'Allow kms:Encrypt*: without kms:Describe*': OF_THE_GUIDE,
};

const isEquivalent = (name: string) => Object.keys(EQUIVALENT).some((end) => ` ${name}`.endsWith(` ${end}`));

function isNoticed({ policies, concerns, allowsMore }: Mutation, rows: Row[]): boolean {
  const concerned = rows.filter(concerns);
  const inOrder = [true, false].flatMap((first) =>
    concerned.filter(({ allowed }) => (allowed !== allowsMore) === first),
  );
  return wrongRows(policies, inOrder, 1).length > 0;
}

const own = new OwnBucket();
const ofOwn = mutationsOf(own.policies, own.stack);

it('notices whatever an archiver and its bucket are allowed more or less', () => {
  const all = Object.values(own.rows).flat();
  const unnoticed = ofOwn.filter((mutation) => !isNoticed(mutation, all));
  expect(ofOwn.length).toBeGreaterThan(150);
  expect(unnoticed.map(({ name }) => name).filter((name) => !isEquivalent(name))).toEqual([]);
});

it('notices whatever a key and a topic allow more or less besides', () => {
  const { policies, stack, rows } = new Hardened();
  const all = Object.values(rows).flat();
  const known = ofOwn.map(({ name }) => name);
  const mutations = mutationsOf(policies, stack).filter(({ name }) => !known.includes(name));
  const unnoticed = mutations.filter((mutation) => !isNoticed(mutation, all));
  expect(mutations.length).toBeGreaterThan(80);
  expect(unnoticed.map(({ name }) => name).filter((name) => !isEquivalent(name))).toEqual([]);
});

// The plainest vault, and the one that has everything.
it.each([VAULTS[0], VAULTS[3]])('notices whatever %s allows more or less', (_, options) => {
  const { policies, vault, workload, rows, rowsIfOpened } = new Vault(options);
  const ofKeys = mutationsOf(policies, workload).filter(({ name }) => name.includes('Allow kms:'));
  const mutations = [...mutationsOf(policies, vault), ...ofKeys];
  const unnoticed = mutations.filter(
    (mutation) =>
      !isNoticed(mutation, rows) && !isNoticed({ ...mutation, policies: opened(mutation.policies) }, rowsIfOpened),
  );
  expect(unnoticed.map(({ name }) => name).filter((name) => !isEquivalent(name))).toEqual([]);
});
