import { join } from 'node:path';
import { compile, readExamples } from '../compile';

const ROOT = join(__dirname, '..', '..', '..', '..');
const DOCUMENTS = [
  join(ROOT, 'README.md'),
  join(ROOT, 'README.ja.md'),
  join(ROOT, 'docs', 'multi-account.md'),
  join(ROOT, 'docs', 'restricted-accounts.md'),
];

const examples = DOCUMENTS.flatMap(readExamples);
const [first = ''] = examples;
const broken = first.replace('timeZone:', 'zone:');
// One program, because parsing the libraries takes most of the time.
const texts = Object.fromEntries([broken, ...examples].map((text, i) => [join(__dirname, `example-${i}.ts`), text]));
const [brokenErrors, ...errors] = compile([{ rootNames: Object.keys(texts), texts }]).flatMap(Object.values);

it('compiles every example of the documentation', () => {
  expect(examples).toHaveLength(12);
  expect(errors).toEqual(examples.map(() => []));
});

it('rejects an example with an unknown property', () => {
  expect(brokenErrors).toEqual([
    "Object literal may only specify known properties, and 'zone' does not exist in type 'LogArchiverProps'.",
  ]);
});
