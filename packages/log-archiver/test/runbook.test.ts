import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNBOOK_ARTICLES } from '@log-archiver/core';

const RUNBOOK = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');

/** Lists the anchors that GitHub creates for the headings. */
const anchors = [...RUNBOOK.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
);

it.each(RUNBOOK_ARTICLES)('has the article %s, to which a message or alarm links', (article) => {
  expect(anchors).toContain(article);
});

it.each(RUNBOOK_ARTICLES.filter((article) => article !== 'errors'))(
  'describes symptom, meaning and action in the article %s',
  (article) => {
    const sections = RUNBOOK.split(/^#+ /m);
    const section = sections[anchors.indexOf(article) + 1] ?? '';

    expect(section.match(/\*\*(Symptom|Meaning|Action)\.\*\*/g)).toEqual([
      '**Symptom.**',
      '**Meaning.**',
      '**Action.**',
    ]);
  },
);
