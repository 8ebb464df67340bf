import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Granularity, type LogArchiverProps, LogGroupSelection } from '../../src';
import { importLogGroups, newArchiver, newStack, TOKYO } from '../archiver-stack';

const { all, byPattern, byPrefix, byTag } = LogGroupSelection;

type Archived = string | LogGroupSelection;

/** Returns the errors of all constructs. Synthesizing takes longer. */
function validate(stack: Stack): string[] {
  return stack.node.root.node.findAll().flatMap((each) => each.node.validate());
}

/** Creates two archivers, by default with one bucket, and returns their errors. */
function createTwo(one: Archived, other: Archived, props: LogArchiverProps = {}) {
  const stack = newStack({ env: TOKYO });
  const shared = { bucket: new Bucket(stack, 'Bucket'), keyPrefix: 'logs' };
  const add = (id: string, archived: Archived, own: LogArchiverProps) =>
    typeof archived === 'string'
      ? newArchiver(stack, { ...own, logGroups: importLogGroups(stack, archived) }, id)
      : newArchiver(stack, { ...own, logGroups: [], selections: [archived] }, id);
  add('First', one, shared);
  add('Second', other, { ...shared, ...props });
  return validate(stack);
}

function createError(found: string): string {
  return (
    `${found} has already been added to Stack/First, which archives to the same bucket and keyPrefix; use one archiver, or ` +
    'another keyPrefix'
  );
}

describe('two archivers with the same bucket and key prefix', () => {
  it.each<[Archived, Archived, string]>([
    ['/a', '/a', 'log group /a'],
    [byPrefix('/a'), '/a/b', 'log group /a/b'],
    ['/a/b', all(), 'log group /a/b'],
    [byPattern('prod'), '/app/prod', 'log group /app/prod'],
    [all(), all(), 'selection all()'],
    [byPrefix('/a'), byPrefix('/a/b'), 'selection byPrefix("/a/b")'],
    [byTag('team', 'a'), byTag('team'), 'selection byTag("team", "a")'],
    [all().excluding(byPrefix('/b')), '/a', 'log group /a'],
  ])('must not archive the same log group: %#', (one, other, found) => {
    expect(createTwo(one, other)).toEqual([createError(found)]);
  });

  it('must not archive the same log group by month and by day', () => {
    expect(createTwo('/a', '/a', { granularity: Granularity.DAILY })).toEqual([createError('log group /a')]);
  });

  it.each<[Archived, Archived]>([
    ['/a', '/b'],
    [byPrefix('/a'), '/b'],
    [byPrefix('/a'), byPrefix('/b')],
    [all().excluding(byPrefix('/a')), '/a/b'],
    [all().excluding(byPrefix('/a')), byPrefix('/a/b')],
    [all().excluding(byTag('team', 'a')), byTag('team', 'a')],
    // The log group may have the tag.
    [all().excluding(byTag('archive', 'no')), '/a'],
    [byTag('team'), '/a'],
    [byPattern('prod'), byPrefix('/a')],
  ])('can archive different log groups: %#', (one, other) => {
    expect(createTwo(one, other)).toEqual([]);
  });

  it('are found if the bucket is imported twice', () => {
    const stack = newStack();
    for (const id of ['First', 'Second']) {
      newArchiver(stack, { bucket: Bucket.fromBucketName(stack, `Bucket${id}`, 'archive') }, id);
    }
    expect(validate(stack)).toEqual([createError('log group /app/orders')]);
  });
});

describe('two archivers of the same log group', () => {
  it('can have different key prefixes', () => {
    expect(createTwo('/a', '/a', { keyPrefix: 'daily' })).toEqual([]);
  });

  it('can have different buckets', () => {
    expect(createTwo('/a', '/a', { bucket: undefined })).toEqual([]);
  });

  it('can be in different accounts', () => {
    const stack = newStack({ env: TOKYO });
    const other = new Stack(stack.node.root, 'Other', { env: { ...TOKYO, account: '210987654321' } });
    for (const each of [stack, other]) {
      const bucket = Bucket.fromBucketAttributes(each, 'Bucket', { bucketName: 'archive', account: TOKYO.account });
      newArchiver(each, { bucket, keyPrefix: 'logs' });
    }
    expect(validate(stack)).toEqual([]);
  });
});
