import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '..');

describe('the packed command', () => {
  let folder: string;
  let files: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-archiver-'));
    const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' });
    const pack = ['pack', PACKAGE, '--json', '--offline', '--ignore-scripts', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('npm', ...pack));
    files = run('tar', '-tzf', filename).trim().split('\n');
    run('tar', '-xzf', filename);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (file: string) => readFileSync(join(folder, 'package', file), 'utf8');

  it('contains one bundle, and no sources', () => {
    expect(files.sort()).toEqual([
      'package/LICENSE',
      'package/README.md',
      'package/THIRD-PARTY-LICENSES',
      'package/dist/index.js',
      'package/package.json',
    ]);
  });

  it('has no dependencies, and is under Apache-2.0', () => {
    const { dependencies, peerDependencies, license } = JSON.parse(read('package.json'));
    expect([dependencies, peerDependencies, license]).toEqual([undefined, undefined, 'Apache-2.0']);
  });

  it('runs without anything else', () => {
    const env = { PATH: process.env.PATH };
    const help = execFileSync(process.execPath, ['package/dist/index.js', '--help'], { cwd: folder, env });
    expect(help.toString()).toMatch(/^Usage: log-archiver /);
  });

  it('names each package whose code it contains, with the text of its licence', () => {
    const { outputs } = JSON.parse(readFileSync(join(PACKAGE, 'dist', 'meta.json'), 'utf8'));
    // The metafile is that of the packed bundle.
    const { bytes, inputs } = outputs['dist/index.js'];
    expect(bytes).toBe(Buffer.byteLength(read('dist/index.js')));
    const used = Object.entries<{ bytesInOutput: number }>(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
    const sections = read('THIRD-PARTY-LICENSES')
      .split(`\n\n${'='.repeat(80)}\n\n`)
      .slice(1);
    const missing = [...new Set(used)].filter((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(PACKAGE, path, 'package.json'), 'utf8'));
      const text = license === 'MIT' ? 'Permission is hereby granted, free of charge' : 'Apache License';
      return !sections.some(
        (section) => section.split('\n').includes(`${name} ${version} (${license})`) && section.includes(text),
      );
    });
    expect(missing).toEqual([]);
    expect(used).toContain('../../node_modules/commander');
  });
});
