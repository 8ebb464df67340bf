import { type Column, SMALL_COLUMNS } from '../src/columns';
import { formatComparison, formatLatency, formatOurs } from '../src/document';
import { synthesizeArchiver } from '../src/ours';
import { type DelayedResults, runDelayed } from '../src/run-columns';
import { readPart, selectColumns } from './read-document';

/** Columns that take seconds. `document.deep.test.ts` has all of them. */
const FAST = ['d20', 'taken-600', 'bad'];

describe('docs/benchmarks.md', () => {
  const columns = SMALL_COLUMNS.filter(({ id }) => FAST.includes(id));
  const titles = columns.map(({ title }: Column) => title);
  const results: DelayedResults[] = [];

  beforeAll(async () => {
    const synthesized = synthesizeArchiver();
    for (const column of columns) {
      results.push(await runDelayed(synthesized, column));
    }
  });

  it('has the numbers of our archiver', () => {
    expect(selectColumns(readPart('ours'), 1, titles)).toBe(formatOurs(results));
  });

  it('has the numbers of our archiver with latency', () => {
    expect(selectColumns(readPart('latency'), 2, titles)).toBe(formatLatency(results));
  });

  it('has the numbers of the other archivers', () => {
    expect(selectColumns(readPart('comparison'), 1, titles)).toBe(formatComparison(results));
  });
});
