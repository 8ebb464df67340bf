import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNeededRetention } from '@log-archiver/core';

const DEFAULT_SETTLE_HOURS = 24;
const [months, days] = (['MONTHLY', 'DAILY'] as const).map(
  (granularity) => findNeededRetention(granularity, DEFAULT_SETTLE_HOURS).days,
);

it.each([
  ['README.md', `${months} days for months, ${days} for days`],
  ['README.ja.md', `月は ${months} 日、日は ${days} 日`],
  ['docs/runbook.md', `months need ${months} days with the default \`settleTime\`, days need ${days}`],
])('contains in %s the retention below which synthesis and runs warn', (file, text) => {
  expect(readFileSync(join(__dirname, '..', '..', '..', '..', file), 'utf8')).toContain(text);
});
