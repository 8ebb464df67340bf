import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..');
const SNAPSHOT = join(__dirname, 'integ', 'integ.sample-stacks.ts.snapshot');
const RUNNER = join(FOLDER, '..', '..', 'node_modules', '.bin', 'integ-runner');

/** Runs integ-runner. It synthesizes the app, and compares the templates with the snapshot. Nothing is deployed. */
function runIntegRunner(...options: string[]) {
  const app = `${process.execPath} --import tsx --conditions=source {filePath}`;
  const { status, stdout, stderr } = spawnSync(
    RUNNER,
    ['--directory', 'test/integ', '--app', app, '--test-regex', '^integ\\..*\\.ts$', ...options],
    { cwd: FOLDER, encoding: 'utf8' },
  );
  return { status, output: `${stdout}${stderr}` };
}

function updateSnapshot() {
  runIntegRunner('--dry-run', '--update-on-failed', '--parallel-regions', 'ap-northeast-1');
  // The hashes of the functions do not count in a comparison.
  for (const name of readdirSync(SNAPSHOT).filter((each) => each.startsWith('asset.'))) {
    rmSync(join(SNAPSHOT, name), { recursive: true });
  }
}

it('has the templates of the snapshot, which UPDATE_GOLDEN=1 writes', () => {
  if (process.env.UPDATE_GOLDEN === '1') {
    updateSnapshot();
  }
  const { status, output } = runIntegRunner();
  expect(output).toContain('UNCHANGED  integ.sample-stacks');
  expect(status).toBe(0);
});
