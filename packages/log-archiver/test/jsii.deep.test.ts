import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Documented {
  readonly name?: string;
  readonly docs?: { readonly summary?: string; readonly example?: string; readonly default?: string };
}
interface Member extends Documented {
  readonly optional?: boolean;
  readonly parameters?: Documented[];
}
interface Type extends Documented {
  readonly kind: string;
  readonly initializer?: Member;
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
}

const { types } = JSON.parse(readFileSync(join(__dirname, '..', '.jsii'), 'utf8'));
const all = Object.values<Type>(types);

/** Returns each type, member and parameter with its path. */
const entries = all.flatMap((type): [string, Documented][] => {
  const members = [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])];
  const callables = [...(type.methods ?? []), ...(type.initializer ? [type.initializer] : [])];
  return [
    [`${type.name}`, type],
    ...members.map((member): [string, Documented] => [`${type.name}.${member.name}`, member]),
    ...callables.flatMap(({ name = 'constructor', parameters = [] }) =>
      parameters.map((parameter): [string, Documented] => [`${type.name}.${name}(${parameter.name})`, parameter]),
    ),
  ];
});

it('documents each type, member and parameter', () => {
  expect(entries.filter(([, { docs }]) => !docs?.summary).map(([path]) => path)).toEqual([]);
  expect(entries.length).toBeGreaterThan(150);
});

// jsii ends a summary at a semicolon, and at a full stop before a blank.
it('has no summary that jsii cut off', () => {
  const cut = entries.filter(([, { docs }]) => /;$|\b(e\.g|i\.e|etc)\.$/.test(docs?.summary ?? ''));
  expect(cut.map(([path]) => path)).toEqual([]);
});

it('documents the default of each optional property', () => {
  const properties = all
    .filter(({ kind }) => kind === 'interface')
    .flatMap(({ name, properties = [] }) =>
      properties
        .filter(({ optional, docs }) => optional && docs?.default === undefined)
        .map((each) => `${name}.${each.name}`),
    );
  expect(properties).toEqual([]);
});

// jsii-pacmak does not escape defaults in the XML comments of .NET.
it('has no character in a default that is markup in XML', () => {
  const defaults = entries.flatMap(([path, { docs }]) => (docs?.default ? [`${path}: ${docs.default}`] : []));
  expect(defaults.filter((text) => /[<>&]/.test(text))).toEqual([]);
  expect(defaults.length).toBeGreaterThan(30);
});

// package-all compiles the examples.
it('has an example for each class', () => {
  const classes = all.filter(({ kind }) => kind === 'class');
  expect(classes.map(({ name }) => name).sort()).toEqual([
    'ArchiveBucket',
    'ArchiveRetention',
    'ArchiveTable',
    'ArchiveVerifier',
    'LogArchiver',
    'LogGroupSelection',
  ]);
  expect(classes.filter(({ docs }) => !docs?.example).map(({ name }) => name)).toEqual([]);
});
