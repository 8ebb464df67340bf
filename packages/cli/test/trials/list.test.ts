import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRIALS } from '../../src/trials/trials';

/** Returns number and title of each item in the section of the runbook. */
function readRunbook(): [number, string][] {
  const page = readFileSync(join(__dirname, '../../../../docs/runbook.md'), 'utf8');
  const [, section = ''] = page.split('\n## To try first on a real account\n');
  const items = section.split(/\n(?=\d+\. )/).slice(1);
  return items.map((item) => {
    // The title is bold, may span lines, and ends with a full stop unless the sentence goes on.
    const [, number, title = ''] = /^(\d+)\. \*\*(.+?)\*\*/s.exec(item) ?? [];
    return [Number(number), title.replaceAll(/\s+/g, ' ').replace(/\.$/, '')];
  });
}

test('has every item of the runbook, and no other', () => {
  const items = [...TRIALS.automated, ...TRIALS.manual].map(({ number, title }): [number, string] => [number, title]);
  expect(items.sort(([a], [b]) => a - b)).toEqual(readRunbook());
  expect(items).toHaveLength(36);
});
