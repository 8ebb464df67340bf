import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const DOCS = join(__dirname, '..', '..', '..', 'docs');

/** Returns the text between `<!-- name -->` and `<!-- /name -->` of docs/benchmarks.md. */
export function readPart(name: string): string {
  const text = readFileSync(join(DOCS, 'benchmarks.md'), 'utf8');
  const [, part] = new RegExp(`<!-- ${name} -->\n([^]*)\n<!-- /${name} -->`).exec(text) ?? [];
  if (part === undefined) {
    throw new Error(`docs/benchmarks.md must have the part ${name}`);
  }
  return part;
}

/** Leaves only the columns with these titles, and the first ones without a column of the benchmark, in tables. */
export function selectColumns(tables: string, leading: number, titles: readonly string[]): string {
  let kept: number[] = [];
  return tables
    .split('\n')
    .map((line) => {
      const cells = line.slice(2, -2).split(' | ');
      if (line === '') {
        return line;
      }
      if (titles.some((title) => cells.includes(title))) {
        kept = cells.flatMap((cell, index) => (index < leading || titles.includes(cell) ? [index] : []));
      }
      return `| ${kept.map((index) => cells[index]).join(' | ')} |`;
    })
    .join('\n');
}
