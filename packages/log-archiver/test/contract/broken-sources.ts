import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compile } from '../compile';

const SOURCES = join(__dirname, '..', '..', 'src');
const CORE = join(__dirname, '..', '..', '..', 'core', 'lib');

/** Renames a field, or a literal in quotes, of a type of core. */
export type Rename = [type: string, from: string, to: string, ...rest: unknown[]];

/** Compiles this package without a rename and after each rename in core, and returns the sources with errors. */
export function findBrokenSources(renames: Rename[]): string[][] {
  const texts = [{}, ...renames.map(renameDeclaration)];
  return compile(texts.map((each) => ({ texts: each }))).map((errors) =>
    Object.keys(errors)
      .filter((name) => errors[name].length > 0)
      .map((name) => relative(SOURCES, name))
      .sort(),
  );
}

function renameDeclaration([type, from, to]: Rename): Record<string, string> {
  const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  for (const file of files.map((name) => join(CORE, name))) {
    const declarations = readFileSync(file, 'utf8');
    const start = declarations.search(new RegExp(`^export (declare )?(interface|type|class) ${type}\\b`, 'm'));
    if (start !== -1) {
      const end = declarations.indexOf('\nexport ', start + 1);
      const declaration = declarations.slice(start, end === -1 ? undefined : end);
      const name = from.startsWith("'") ? `['"]${from.slice(1, -1)}['"]` : `(?<=^ {4})${from}(?=\\??:)`;
      const changed = declaration.replace(new RegExp(name, 'm'), to);
      if (changed === declaration) {
        throw new Error(`${type} must have ${from}`);
      }
      return { [file]: declarations.replace(declaration, () => changed) };
    }
  }
  throw new Error(`core must declare ${type}`);
}
