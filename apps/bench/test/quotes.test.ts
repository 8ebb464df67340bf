import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS } from './read-document';

/** Numbers that documents quote from docs/benchmarks.md. The group of each pattern is a number. */
const QUOTES = [
  /slot (?:use |is used )[^.|]*?(\d\.\d+)/g,
  /(\d[\d,]*(?:\.\d+)?) state transitions/g,
  /1,000 exports of [^$.]* (\$[\d.,]*\d)/g,
  // The first column of docs/scale.md is computed from a shorter run.
  /^\| state transitions \(\$0\.025 per thousand\) \| [^|]* \| ([\d,]+) /gm,
  /^\| state transitions \(\$0\.025 per thousand\) \| [^|]* \| [\d,]+ \((\$[\d.]+)\)/gm,
];

const generated = readTables('benchmarks.md');

/** Returns the numbers in the tables of a document, as they are written. */
function readTables(file: string): Set<string> {
  const rows = readFileSync(join(DOCS, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return new Set(rows.join('\n').match(/\$?\d[\d,]*(?:\.\d+)?/g));
}

function listQuotes(text: string): string[] {
  return QUOTES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, number]) => String(number)));
}

describe.each<[file: string, quotes: string[]]>([['../README.md', ['$0.17', '$3.99']]])('%s', (file, quotes) => {
  const text = readFileSync(join(DOCS, file), 'utf8');

  it('quotes only numbers that docs/benchmarks.md has', () => {
    expect(listQuotes(text).filter((quote) => !generated.has(quote))).toEqual([]);
  });

  it('quotes these numbers', () => {
    expect(listQuotes(text)).toEqual(quotes);
  });
});

describe('the cost of an export in README', () => {
  it('is that of an export of 20 s', () => {
    const text = readFileSync(join(DOCS, '../README.md'), 'utf8');
    const [, dollars] = /^exports × \$([\d.]+) /m.exec(text) ?? [];
    expect(listQuotes(text)).toContain(`$${(1_000 * Number(dollars)).toFixed(2)}`);
  });
});

describe('a quote', () => {
  it.each<[text: string, quotes: string[]]>([
    ['uses the slot; the slot use is 0.987 on average', ['0.987']],
    ['an export needs 4.4 state transitions', ['4.4']],
    ['1,000 exports of an hour cost $3.99', ['$3.99']],
    ['| state transitions ($0.025 per thousand) | 41,587 ($1.04) | 7,491 ($0.19) | |', ['7,491', '$0.19']],
    ['state transitions cost $0.025', []],
  ])('is found in %s', (text, quotes) => {
    expect(listQuotes(text)).toEqual(quotes);
  });
});
