import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(__dirname, '..');
const ROOT = join(PACKAGE, '..', '..');
const README_FILES = [
  join(PACKAGE, 'README.md'),
  join(ROOT, 'README.md'),
  join(ROOT, 'docs', 'multi-account.md'),
  join(ROOT, 'docs', 'cdk-nag.md'),
];

/** What the compiler says of sources that stand in this folder without being there. */
function complaintsAbout(sources: string[]): string[] {
  const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
  const examples = new Map(sources.map((source, number) => [join(__dirname, `example-${number}.ts`), source]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => examples.has(name) || fileExists(name);
  host.readFile = (name) => examples.get(name) ?? readFile(name);
  host.getSourceFile = (name, version) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...examples.keys()], { ...options, rootDir: undefined, noEmit: true }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const examples = README_FILES.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, example]) => String(example)),
);

it('every example of the documentation compiles', () => {
  expect(examples).toHaveLength(6);
  expect(complaintsAbout(examples)).toEqual([]);
});

it('an example with a property that does not exist would not', () => {
  const [example = ''] = examples;
  expect(complaintsAbout([example.replace('timeZone:', 'zone:')])).toEqual([
    "Object literal may only specify known properties, and 'zone' does not exist in type 'LogArchiverProps'.",
  ]);
});
