import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '..');

it('has the API.md that `npx nx docgen cdk-log-archiver` writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const file = join(folder, 'API.md');
    execFileSync(process.execPath, [join(PACKAGE, '..', '..', 'projenrc', 'docgen.mjs'), PACKAGE, file]);
    expect(readFileSync(join(PACKAGE, 'API.md'), 'utf8')).toBe(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('has each class and each of its methods', () => {
  const { types } = JSON.parse(readFileSync(join(PACKAGE, '.jsii'), 'utf8'));
  const names = Object.values<{ fqn: string; kind: string; methods?: { name: string }[] }>(types)
    .filter(({ kind }) => kind === 'class')
    .flatMap(({ fqn, methods = [] }) => [fqn, ...methods.map(({ name }) => `${fqn}.${name}`)]);
  const text = readFileSync(join(PACKAGE, 'API.md'), 'utf8');
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !text.includes(`id="${name}"`))).toEqual([]);
});
