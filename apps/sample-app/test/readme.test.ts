import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const APP = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(APP, ...path), 'utf8');

it.each(['log-archive-stack.ts', 'bin/sample-app.ts'])('shows %s unchanged in the README of the project', (file) => {
  expect(read('..', '..', 'README.md')).toContain(`\n${read('src', file)}\`\`\`\n`);
});
