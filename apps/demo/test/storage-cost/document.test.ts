import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveReceipt } from '@log-archiver/core';
import { RECEIPTS } from '../../src/read-archive';
import { runDemo } from '../../src/run-demo';
import { formatCompanies } from '../../src/storage-cost/companies';
import { formatDocument, formatPrices, formatResult, replacePart } from '../../src/storage-cost/document';
import { type Cost, estimateCost, getTotal } from '../../src/storage-cost/estimate-cost';
import { TOKYO, VIRGINIA } from '../../src/storage-cost/prices';
import { listObjects, type SizedObjects, WORKLOADS, type Workload } from '../../src/storage-cost/workloads';
import { createOptions, NOW, SILENT } from '../demo-options';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** Expects generated parts of a file. With UPDATE_GOLDEN=1, writes them. */
function expectParts(path: string, parts: Record<string, string>) {
  const file = join(ROOT, path);
  const text = readFileSync(file, 'utf8');
  const expected = Object.entries(parts).reduce(
    (replaced, [name, content]) => replacePart(replaced, name, content),
    text,
  );
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(file, expected);
  } else {
    expect(text).toBe(expected);
  }
}

/** Archives a month of the demo, and lists the objects of each log group. */
async function measureDemo(): Promise<Map<string, SizedObjects[]>> {
  const { bucket } = await runDemo({ ...createOptions(), period: '2026-10' }, NOW, SILENT);
  const keys = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).sort();
  const receipts = keys
    .filter((key) => key.startsWith(RECEIPTS) && key.endsWith('.json'))
    .map((key) => JSON.parse(readFileSync(join(bucket, key), 'utf8')) as ArchiveReceipt)
    .filter(({ evidence }) => evidence === 'OBJECTS');
  return new Map(
    receipts.map(({ logGroupName, destinationPrefix }) => {
      const objects = keys.filter((key) => key.startsWith(`${destinationPrefix}/`) && key.endsWith('.gz'));
      return [logGroupName, objects.map((key) => ({ bytes: statSync(join(bucket, key)).size, count: 1 }))];
    }),
  );
}

describe('docs/storage-cost.md', () => {
  it('has the numbers of the demo and of the estimate', async () => {
    const demo = await measureDemo();
    expect([...demo.values()].flat()).toHaveLength(96);
    expectParts('docs/storage-cost.md', formatDocument(demo));
  });
});

describe('the prices with sources in docs/storage-cost.md', () => {
  const text = readFileSync(join(ROOT, 'docs/storage-cost.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ([\w ]+) \| ([\d.]+) \| [^|]+ \| ([\d.]+) \| [^|]+ \|$/gm)];

  it.each([
    ['Tokyo', TOKYO, 2],
    ['N. Virginia', VIRGINIA, 3],
  ] as const)('are those of %s', (_, { standard, thousandPuts, thousandGets, classes }, column) => {
    const [instant, flexible, deep] = [
      classes['Glacier Instant Retrieval'],
      classes['Glacier Flexible Retrieval'],
      classes['Glacier Deep Archive'],
    ];
    expect(Object.fromEntries(rows.map((row) => [row[1], Number(row[column])]))).toEqual({
      'S3 Standard': standard,
      'Glacier Instant Retrieval': instant.storage,
      'Glacier Flexible Retrieval': flexible.storage,
      'Glacier Deep Archive': deep.storage,
      PUT: thousandPuts,
      GET: thousandGets,
      'transition to Instant Retrieval': instant.thousandTransitions,
      'transition to Flexible Retrieval': flexible.thousandTransitions,
      'transition to Deep Archive': deep.thousandTransitions,
    });
  });
});

describe('the share of small objects in the bill', () => {
  const lambda = listObjects(WORKLOADS[0] as Workload);
  const account = WORKLOADS.flatMap(listObjects);
  const estimate = (sizes: SizedObjects[], years: number) =>
    estimateCost(sizes, 12 * years, TOKYO, 'Glacier Instant Retrieval');
  const getShare = (cost: Cost) => cost.small / getTotal(cost);

  it('exceeds half with Lambda only, from the third year on', () => {
    expect([2, 3, 7].map((years) => getShare(estimate(lambda, years)) > 0.5)).toEqual([false, true, true]);
  });

  it('is less than that of the PUT requests in the first year', () => {
    const { small, puts } = estimate(lambda, 1);
    expect(small).toBeLessThan(puts);
  });

  it('stays below a fifth with all three', () => {
    expect([1, 2, 3, 4, 5, 6, 7].every((years) => getShare(estimate(account, years)) < 0.2)).toBe(true);
  });
});

describe('README', () => {
  it('has the result of the estimate', () => {
    expectParts('README.md', {
      prices: formatPrices(),
      'storage-cost': formatResult(),
      companies: formatCompanies(),
    });
  });
});

describe('a generated part', () => {
  it('replaces the text between its comments', () => {
    expect(replacePart('a\n<!-- x -->\n1\n<!-- /x -->\nb', 'x', '2')).toBe('a\n<!-- x -->\n2\n<!-- /x -->\nb');
  });

  it('needs both comments', () => {
    expect(() => replacePart('<!-- x -->\n', 'x', '2')).toThrow(
      new Error('the document must contain <!-- x --> and <!-- /x -->'),
    );
  });
});
