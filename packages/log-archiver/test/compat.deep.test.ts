import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PACKAGE = join(__dirname, '..');
const ROOT = join(PACKAGE, '..', '..');

interface Method {
  readonly name: string;
}

/** Compares the API with a release that had other methods. */
function compare(changeMethods: (methods: Method[]) => Method[]) {
  // Below the package, so that jsii-diff finds the assembly of the CDK.
  mkdirSync(join(PACKAGE, 'dist'), { recursive: true });
  const release = mkdtempSync(join(PACKAGE, 'dist', 'release-'));
  try {
    const assembly = JSON.parse(readFileSync(join(PACKAGE, '.jsii'), 'utf8'));
    const { 'cdk-log-archiver.LogArchiver': archiver } = assembly.types;
    archiver.methods = changeMethods(archiver.methods);
    writeFileSync(join(release, '.jsii'), JSON.stringify(assembly));
    copyFileSync(join(PACKAGE, 'package.json'), join(release, 'package.json'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'projenrc', 'compare-api.mjs'), release],
      {
        cwd: PACKAGE,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
      },
    );
    return { status, output: `${stdout}${stderr}` };
  } finally {
    rmSync(release, { recursive: true, force: true });
  }
}

describe('the target compat', () => {
  it('fails if a method of the last release is missing, and prints its key', () => {
    const { status, output } = compare((methods) => [...methods, { ...(methods[0] as Method), name: 'removedMethod' }]);
    expect(output).toContain('[removed:cdk-log-archiver.LogArchiver.removedMethod]');
    expect(output).toContain('not compatible with ');
    expect(status).toBe(1);
  });

  it('accepts a new method', () => {
    const { status, output } = compare((methods) => methods.filter(({ name }) => name !== 'grantRead'));
    expect(output).toContain('compatible with ');
    expect(output).not.toContain('not compatible');
    expect(status).toBe(0);
  });
});
