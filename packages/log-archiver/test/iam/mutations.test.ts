import { type Mutation, mutationsOf, serviceOf } from './mutations';
import { OwnBucket } from './own-bucket';
import { type Row, wrongRows } from './table';
import { opened, VAULTS, Vault } from './vault';

const OF_THAT_BUCKET_ALONE = 'the policy of a bucket is asked of that bucket alone';
const ONLY_PUT_OBJECT_CREATES = 'of what s3:* is, PutObject alone creates objects';

/** What no call can tell from what it was, by the end of its name, and why. */
const EQUIVALENT: Record<string, string> = {
  'Deny s3:*: on *': OF_THAT_BUCKET_ALONE,
  'Allow s3:GetBucketAcl: on *': OF_THAT_BUCKET_ALONE,
  'LogsServiceReadsTheBucketAcl: on *': OF_THAT_BUCKET_ALONE,
  'CallersListBelowTheirAccount: on *': OF_THAT_BUCKET_ALONE,
  'OnlyTheOwnerDeletes: on *': OF_THAT_BUCKET_ALONE,
  'ReceiptsAreWrittenOnce: of s3:*': ONLY_PUT_OBJECT_CREATES,
};

const isEquivalent = (name: string) => Object.keys(EQUIVALENT).some((end) => name.endsWith(` ${end}`));

function isNoticed({ policies, service }: Mutation, rows: Row[]): boolean {
  const ofService = rows.filter(({ action }) => serviceOf(action) === service);
  return wrongRows(policies, ofService, 1).length > 0;
}

it('notices whatever an archiver and its bucket are allowed more or less', () => {
  const { policies, stack, rows } = new OwnBucket();
  const all = Object.values(rows).flat();
  const mutations = mutationsOf(policies, stack);
  const unnoticed = mutations.filter((mutation) => !isNoticed(mutation, all));
  expect(mutations.length).toBeGreaterThan(150);
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
