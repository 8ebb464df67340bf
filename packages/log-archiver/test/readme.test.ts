import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(__dirname, '..');
const ROOT = join(PACKAGE, '..', '..');
const DOCUMENTS = [
  join(PACKAGE, 'README.md'),
  join(ROOT, 'README.md'),
  join(ROOT, 'docs', 'multi-account.md'),
  join(ROOT, 'docs', 'cdk-nag.md'),
];

/** Compiles sources as files in this folder, and returns the errors of each. */
function compile(sources: string[]): string[][] {
  const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
  const files = new Map(sources.map((source, number) => [join(__dirname, `example-${number}.ts`), source]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, version) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, version);
  };
  const names = [...files.keys()];
  const program = ts.createProgram(names, { ...options, rootDir: undefined, noEmit: true }, host);
  return names.map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

const examples = DOCUMENTS.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, example]) => String(example)),
);
const [first = ''] = examples;
const broken = first.replace('timeZone:', 'zone:');
// One program, because parsing the libraries takes most of the time.
const [brokenErrors, ...errors] = compile([broken, ...examples]);

it('compiles every example of the documentation', () => {
  expect(examples).toHaveLength(6);
  expect(errors).toEqual(examples.map(() => []));
});

it('rejects an example with an unknown property', () => {
  expect(brokenErrors).toEqual([
    "Object literal may only specify known properties, and 'zone' does not exist in type 'LogArchiverProps'.",
  ]);
});
