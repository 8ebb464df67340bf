import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMALL_COLUMNS } from '../src/columns';
import { formatParts, renderPictures } from '../src/document';
import { synthesizeArchiver } from '../src/ours';
import { type DelayedResults, runDelayed } from '../src/run-columns';
import { DOCS, readPart } from './read-document';

describe('npm run bench', () => {
  const results: DelayedResults[] = [];

  beforeAll(async () => {
    const synthesized = synthesizeArchiver();
    for (const column of SMALL_COLUMNS) {
      results.push(await runDelayed(synthesized, column));
    }
  });

  it('finds the numbers that docs/benchmarks.md has', () => {
    const parts = formatParts(results);
    expect(Object.fromEntries(Object.keys(parts).map((name) => [name, readPart(name)]))).toEqual(parts);
  });

  it('draws the pictures of docs/images', () => {
    const pictures = renderPictures(results);
    const read = (name: string) => readFileSync(join(DOCS, 'images', name), 'utf8');
    expect(Object.fromEntries(Object.keys(pictures).map((name) => [name, read(name)]))).toEqual(pictures);
  });
});
