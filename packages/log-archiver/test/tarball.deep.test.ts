import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const PACKAGE = join(__dirname, '..');

/** A user's app, which depends on the package, the CDK and constructs only. */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
const { LogGroup } = require('aws-cdk-lib/aws-logs');
const { LogArchiver } = require('cdk-log-archiver');

const app = new App({ outdir: 'cdk.out' });
for (const account of ['111111111111', '222222222222']) {
  const stack = new Stack(app, 'Logs' + account, { env: { account, region: 'ap-northeast-1' } });
  new LogArchiver(stack, 'Archiver', { logGroups: [LogGroup.fromLogGroupName(stack, 'Orders', '/app/orders')] });
}
app.synth();
`;

/** Returns the folders of the packages of which a bundle with these inputs contains code. */
function listPackages(inputs: Record<string, { bytesInOutput: number }>): string[] {
  return Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
}

describe('the packed package', () => {
  let folder: string;
  let files: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-log-archiver-'));
    const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' });
    const pack = ['pack', PACKAGE, '--json', '--offline', '--ignore-scripts', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('npm', ...pack));
    files = run('tar', '-tzf', filename).trim().split('\n');
    const installed = join(folder, 'node_modules', 'cdk-log-archiver');
    mkdirSync(installed, { recursive: true });
    run('tar', '-xzf', filename, '-C', installed, '--strip-components', '1');
    for (const peer of ['aws-cdk-lib', 'constructs']) {
      symlinkSync(dirname(require.resolve(`${peer}/package.json`)), join(folder, 'node_modules', peer));
    }
    writeFileSync(join(folder, 'app.js'), APP);
    run(process.execPath, 'app.js');
  }, 120_000);

  const read = (file: string) =>
    readFileSync(join(folder, 'node_modules', 'cdk-log-archiver', file.slice('package/'.length)), 'utf8');

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('contains the compiled construct, the jsii types and the bundles, but no sources', () => {
    expect(files.filter((file) => !file.startsWith('package/lib/')).sort()).toEqual([
      'package/.jsii',
      'package/LICENSE',
      'package/README.md',
      'package/THIRD-PARTY-LICENSES',
      'package/assets/check-export-task/index.js',
      'package/assets/core/index.js',
      'package/assets/export-log-to-s3/index.js',
      'package/assets/plan-archive/index.js',
      'package/assets/record-archive/index.js',
      'package/assets/verify-archive/index.js',
      'package/package.json',
      'package/rosetta/construct.ts-fixture',
    ]);
    const sources = files.filter((file) => /^package\/lib\/.*(?<!\.d)\.ts$|tsbuildinfo|\.test\.|\.map$/.test(file));
    expect(sources).toEqual([]);
    expect(files).toContain('package/lib/index.js');
    expect(files).toContain('package/lib/index.d.ts');
  });

  it('contains no code of the policy evaluator, which is under the AGPL', () => {
    const evaluator = dirname(require.resolve('@cloud-copilot/iam-simulate'));
    // Minifying can remove a name, but not a string that the code returns.
    const mark = /cloud-copilot|ImplicitlyDenied/;
    expect(readFileSync(join(evaluator, 'services', 'DefaultServiceAuthorizer.js'), 'utf8')).toMatch(mark);
    const marked = files.filter((file) => {
      const path = join(folder, 'node_modules', 'cdk-log-archiver', file.slice('package/'.length));
      return mark.test(readFileSync(path, 'utf8'));
    });
    expect(marked).toEqual([]);
  });

  it('contains no types of private files, and nothing of the packages that are not published', () => {
    expect(files.filter((file) => /private.*\.d\.ts$/.test(file))).toEqual([]);
    const types = files.filter((file) => /\.d\.ts$|\.jsii$/.test(file)).map(read);
    expect(types.filter((text) => /@log-archiver\/|\/private\//.test(text))).toEqual([]);
    const { dependencies, bundleDependencies, bundledDependencies } = JSON.parse(read('package/package.json'));
    expect([dependencies, bundleDependencies, bundledDependencies]).toEqual([undefined, undefined, undefined]);
  });

  it('passes the gates of Construct Hub: licence, keywords, README and jsii types', () => {
    const manifest = JSON.parse(read('package/package.json'));
    const assembly = JSON.parse(read('package/.jsii'));
    const { name, version, license } = manifest;
    expect(license).toBe('Apache-2.0');
    expect(read('package/LICENSE')).toContain('Apache License');
    expect(manifest.keywords).toEqual(expect.arrayContaining(['aws', 'cdk', 'awscdk']));
    expect(manifest.private).toBe(false);
    expect(assembly).toMatchObject({ schema: 'jsii/0.10.0', name, version, license });
    expect(assembly.readme.markdown).toBe(read('package/README.md'));
    expect(Object.keys(assembly.targets).sort()).toEqual(['dotnet', 'go', 'java', 'js', 'python']);
    expect(Object.keys(assembly.types).filter((type) => !type.startsWith('cdk-log-archiver.'))).toEqual([]);
  });

  // Construct Hub has only the published files, and translates the examples from them.
  it('has examples that compile in Construct Hub', () => {
    const rosetta = join(dirname(require.resolve('jsii-rosetta/package.json')), 'bin', 'jsii-rosetta');
    const installed = join(folder, 'node_modules', 'cdk-log-archiver');
    const args = [rosetta, 'transliterate', installed, '--language', 'python', '--loose'];
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    const translated = read('package/.jsii.python');
    expect(translated).toContain('LogArchiver(self');
    expect(translated.match(/automatically generated from non-compiling source/g)).toBeNull();
  }, 120_000);

  it('names each package whose code it contains, with the text of its licence', () => {
    const bundles = files.filter((file) => file.startsWith('package/assets/')).map((file) => file.split('/')[2]);
    const named = bundles.flatMap((name) => {
      const workspace = join(PACKAGE, '..', name);
      const { outputs } = JSON.parse(readFileSync(join(workspace, 'dist', 'meta.json'), 'utf8'));
      // The metafile is that of the packed bundle.
      const { bytes, inputs } = outputs['dist/index.js'];
      expect(bytes).toBe(Buffer.byteLength(read(`package/assets/${name}/index.js`)));
      return listPackages(inputs).map((folder) => join(workspace, folder));
    });
    const sections = read('package/THIRD-PARTY-LICENSES')
      .split(`\n\n${'='.repeat(80)}\n\n`)
      .slice(1);
    const titles = sections.flatMap((section) => section.split('\n\n')[0].split('\n'));
    expect(titles.map((title) => title.replace(/ .*/, '')).sort()).toEqual([
      '@aws-sdk/checksums',
      '@aws-sdk/client-cloudwatch-logs',
      '@aws-sdk/client-kms',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-sfn',
      '@aws-sdk/core',
      '@aws-sdk/credential-provider-env',
      '@aws-sdk/middleware-sdk-s3',
      '@aws-sdk/signature-v4-multi-region',
      '@aws-sdk/xml-builder',
      '@aws/lambda-invoke-store',
      '@smithy/core',
      '@smithy/node-http-handler',
      '@smithy/signature-v4',
      '@smithy/types',
      'temporal-polyfill',
      'temporal-utils',
    ]);
    const missing = [...new Set(named)].filter((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const text = readFileSync(join(folder, 'LICENSE'), 'utf8').trim();
      return !sections.some(
        (section) => section.split('\n').includes(`${name} ${version} (${license})`) && section.includes(text),
      );
    });
    expect(missing).toEqual([]);
  });

  it('has public types without imports of private files or unpublished packages', () => {
    const types = files.filter((file) => /^package\/lib\/[^/]+\.d\.ts$/.test(file)).map((file) => basename(file));
    expect(types.sort()).toEqual([
      'archive-bucket-props.d.ts',
      'archive-bucket.d.ts',
      'archive-retention.d.ts',
      'archive-table-props.d.ts',
      'archive-table.d.ts',
      'archive-verifier-props.d.ts',
      'archive-verifier.d.ts',
      'granularity.d.ts',
      'index.d.ts',
      'log-archiver-props.d.ts',
      'log-archiver.d.ts',
      'log-group-selection.d.ts',
    ]);
    const imports = types.flatMap((file) => {
      const text = readFileSync(join(folder, 'node_modules', 'cdk-log-archiver', 'lib', file), 'utf8');
      return [...text.matchAll(/from '(.*?)'/g)].map(([, module]) => module);
    });
    expect(imports.filter((module) => /private|@log-archiver/.test(module))).toEqual([]);
    expect(imports).toContain('aws-cdk-lib');
  });

  it.each(['111111111111', '222222222222'])(
    'synthesizes for account %s, with the four bundles as assets',
    (account) => {
      const read = (name: string) =>
        JSON.parse(readFileSync(join(folder, 'cdk.out', `Logs${account}.${name}.json`), 'utf8'));
      const functions = Object.values<{ Type: string; Properties: { Code: unknown } }>(
        read('template').Resources,
      ).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      const assets = Object.values<{ source: { path: string } }>(read('assets').files).map(({ source }) => source.path);
      const bundles = assets.filter((path) => path.startsWith('asset.'));
      expect(bundles).toHaveLength(4);
      for (const bundle of bundles) {
        expect(existsSync(join(folder, 'cdk.out', bundle, 'index.js'))).toBe(true);
      }
      const keys = bundles.map((bundle) => `${bundle.slice('asset.'.length)}.zip`);
      expect(functions.map(({ Properties }) => Properties.Code)).toEqual(
        keys.map((S3Key) => ({ S3Bucket: `cdk-hnb659fds-assets-${account}-ap-northeast-1`, S3Key })),
      );
    },
  );
});
