import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(__dirname, '..', '..');
const CORE = dirname(require.resolve('@log-archiver/core'));

/** Renames a field, or a literal in quotes, of a type of core. */
export interface Rename {
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
const host = ts.createCompilerHost(options);
const parsed = new Map<string, ts.SourceFile | undefined>();
let lastProgram: ts.Program | undefined;

/** Compiles the sources of this package after a rename in core's declarations, and returns the ones with errors. */
export function findBrokenSources(rename?: Rename): string[] {
  const renamed = rename && renameDeclaration(rename);
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, version) => {
    if (name === renamed?.file) {
      return ts.createSourceFile(name, renamed.text, version, true);
    }
    if (!parsed.has(name)) {
      parsed.set(name, host.getSourceFile(name, version));
    }
    return parsed.get(name);
  };
  const program = ts.createProgram(fileNames, { ...options, noEmit: true }, { ...host, getSourceFile }, lastProgram);
  lastProgram = program;
  return fileNames
    .filter((name) => program.getSemanticDiagnostics(program.getSourceFile(name)).length > 0)
    .map((name) => relative(join(PACKAGE, 'src'), name))
    .sort();
}

function renameDeclaration({ type, from, to }: Rename): { file: string; text: string } {
  const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  for (const file of files.map((name) => join(CORE, name))) {
    const declarations = ts.sys.readFile(file) ?? '';
    const start = declarations.search(new RegExp(`^export (declare )?(interface|type|class) ${type}\\b`, 'm'));
    if (start !== -1) {
      const end = declarations.indexOf('\nexport ', start + 1);
      const declaration = declarations.slice(start, end === -1 ? undefined : end);
      const name = from.startsWith("'") ? `['"]${from.slice(1, -1)}['"]` : `(?<=^ {4})${from}(?=\\??:)`;
      const changed = declaration.replace(new RegExp(name, 'm'), to);
      if (changed === declaration) {
        throw new Error(`${type} must have ${from}`);
      }
      return { file, text: declarations.replace(declaration, () => changed) };
    }
  }
  throw new Error(`core must declare ${type}`);
}
