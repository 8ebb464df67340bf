import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', '..', 'projenrc', 'third-party-licenses.mjs');
const RULE = '\n'.repeat(2) + '='.repeat(80) + '\n'.repeat(2);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the script for a bundle with code of packages: files by the path of their folder, and the bytes in the bundle. */
function run(packages: Record<string, { files: Record<string, string>; bytes?: number }>) {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const inputs: Record<string, { bytesInOutput: number }> = { 'src/handler.ts': { bytesInOutput: 10 } };
  for (const [path, { files, bytes = 1 }] of Object.entries(packages)) {
    inputs[`../../node_modules/${path}/dist/index.js`] = { bytesInOutput: bytes };
    for (const [file, text] of Object.entries(files)) {
      write(join('node_modules', path, file), text);
    }
  }
  write('packages/one/dist/meta.json', JSON.stringify({ outputs: { 'dist/index.js': { inputs } } }));
  const output = join(folder, 'LICENCES');
  const { status, stderr } = spawnSync(
    process.execPath,
    [SCRIPT, output, join(folder, 'packages', 'one', 'dist', 'meta.json')],
    { encoding: 'utf8' },
  );
  return { status, error: /^Error: (.*)$/m.exec(stderr)?.[1], read: () => readFileSync(output, 'utf8') };
}

function manifest(name: string, license?: unknown): string {
  return JSON.stringify({ name, version: '1.0.0', license });
}

it('writes each licence text once, with the packages that have it, and with their notices', () => {
  const { read } = run({
    '@b/two': { files: { 'package.json': manifest('@b/two', 'ISC'), 'License.md': 'text of two\n' } },
    a: { files: { 'package.json': manifest('a', 'MIT'), LICENSE: 'one\r\ntext', NOTICE: 'a notice' } },
    'a/node_modules/c': { files: { 'package.json': manifest('c', 'MIT'), 'LICENSE-MIT.txt': 'text of two' } },
  });
  expect(read().split(RULE)).toEqual([
    'This package contains code of the packages below.',
    '@b/two 1.0.0 (ISC)\nc 1.0.0 (MIT)\n\ntext of two',
    'a 1.0.0 (MIT)\n\none\ntext\n\na notice\n',
  ]);
});

it('leaves out a package without a byte in the bundle', () => {
  const files = { 'package.json': manifest('a', 'GPL-3.0-only') };
  expect(run({ a: { files, bytes: 0 } }).read()).toBe('This package contains code of the packages below.\n');
});

it('takes the text of Apache-2.0 from the repository if a package has none', () => {
  const { read } = run({ a: { files: { 'package.json': manifest('a', 'Apache-2.0') } } });
  expect(read()).toMatch(/^a 1\.0\.0 \(Apache-2\.0\)\n\n *Apache License\n/m);
});

it.each([
  ['AGPL-3.0-or-later', '"AGPL-3.0-or-later"'],
  ['UNLICENSED', '"UNLICENSED"'],
  ['(MIT OR GPL-3.0)', '"(MIT OR GPL-3.0)"'],
  [{ type: 'MIT' }, '{"type":"MIT"}'],
  [undefined, 'undefined'],
])('fails for a package with the licence %j', (license, got) => {
  const { status, error } = run({ a: { files: { 'package.json': manifest('a', license), LICENSE: 'text' } } });
  expect(error).toBe(
    `the licence of a must be one of 0BSD, Apache-2.0, BSD-2-Clause, BSD-3-Clause, ISC, MIT, got ${got}`,
  );
  expect(status).toBe(1);
});

it('fails for a package without the text of its licence', () => {
  const { status, error } = run({ a: { files: { 'package.json': manifest('a', 'MIT') } } });
  expect(error).toBe('a 1.0.0 must have a file with its licence, MIT, got none');
  expect(status).toBe(1);
});
