import type { Finding } from '@log-archiver/core';
import { addResults, type PeriodResults } from '../../src/statements/period-results';

const createFinding = (index: number, type: Finding['type'] = 'ObjectsMissing'): Finding => ({
  type,
  key: String(1_000 + index),
  message: '',
});

function sum(...batches: Finding[][]): PeriodResults {
  const results: PeriodResults = { receipts: 0, invalid: 0, expired: 0, objects: 0, bytes: 0, findings: 0, first: [] };
  for (const findings of batches) {
    addResults(results, { format: 1, receipts: 10, expired: 1, objects: 20, bytes: 300, findings });
  }
  return results;
}

it('adds the numbers of all batches', () => {
  expect(sum([createFinding(0, 'ReceiptInvalid')], [createFinding(1)])).toMatchObject({
    ...{ receipts: 20, expired: 2, objects: 40, bytes: 600, findings: 2, invalid: 1 },
  });
});

it('keeps the first 100 findings, whatever the order of the batches', () => {
  const all = Array.from({ length: 300 }, (_, index) => createFinding(index));
  const batches = [all.slice(200), all.slice(0, 100), all.slice(100, 200)];
  expect(sum(...batches)).toMatchObject({ findings: 300, first: all.slice(0, 100) });
});
