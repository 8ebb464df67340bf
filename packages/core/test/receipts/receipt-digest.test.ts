import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  countObject,
  type DigestedObject,
  EMPTY_DIGEST,
  foldObject,
  NO_OBJECTS,
  sha256,
} from '../../src/receipts/receipt-digest';

const OBJECT: DigestedObject = { name: 'stream/000000.gz', size: 4, etag: 'e' };
const digest = (objects: DigestedObject[]) => objects.reduce(foldObject, EMPTY_DIGEST);

const anyObjects = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1 }), size: fc.nat(), etag: fc.string({ minLength: 1 }) }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 20 },
);

it('is the SHA-256 of the digest before, the name, the size and the ETag, as JSON', () => {
  const first = sha256('["","stream/000000.gz",4,"e"]');

  expect(digest([OBJECT])).toBe(first);
  expect(digest([OBJECT, { ...OBJECT, name: 'x' }])).toBe(sha256(`["${first}","x",4,"e"]`));
});

it('is empty without objects', () => {
  expect(digest([])).toBe('');
});

it('is the same in two steps as in one', () => {
  fc.assert(
    fc.property(anyObjects, fc.nat(20), (objects, middle) => {
      const [before, after] = [objects.slice(0, middle), objects.slice(middle)];

      expect(after.reduce(foldObject, digest(before))).toBe(digest(objects));
    }),
  );
});

it('changes if any object is removed, added or changed, or if two change places', () => {
  fc.assert(
    fc.property(anyObjects, fc.nat(), (objects, at) => {
      const index = at % objects.length;
      const object = objects[index] as DigestedObject;
      const others = [
        objects.toSpliced(index, 1),
        objects.toSpliced(index, 0, { ...object, name: `${object.name}+` }),
        objects.with(index, { ...object, size: object.size + 1 }),
        objects.with(index, { ...object, etag: `${object.etag}0` }),
        ...(objects.length > 1 ? [[...objects.slice(1), objects[0] as DigestedObject]] : []),
      ];

      expect(others.map(digest)).not.toContain(digest(objects));
    }),
  );
});

it('hashes a string', () => {
  expect(sha256('text')).toBe(createHash('sha256').update('text').digest('hex'));
});

describe('countObject', () => {
  it('counts the objects, their bytes, and the first and the last one', () => {
    const objects = ['a/000000.gz', 'b/000000.gz'].map((name) => ({ ...OBJECT, name }));

    expect(objects.reduce(countObject, NO_OBJECTS)).toEqual({
      ...{ objects: 2, bytes: 8, digest: digest(objects), firstObject: 'a/000000.gz', lastObject: 'b/000000.gz' },
    });
  });

  it.each(['aws-logs-write-test', 'aws-logs-write-test-multipartupload'])('does not count %s', (name) => {
    expect(countObject(NO_OBJECTS, { ...OBJECT, name })).toEqual(NO_OBJECTS);
  });

  it('counts a log stream with the name of a test object', () => {
    expect(countObject(NO_OBJECTS, { ...OBJECT, name: 'aws-logs-write-test/000000.gz' })).toMatchObject({ objects: 1 });
  });
});
