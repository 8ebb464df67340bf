import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonFile, YamlFile } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { ProjenrcTs, TypeScriptRunner } from 'projen/lib/typescript';
import { baseCompilerOptions } from './compiler-options';
import * as versions from './versions';
import { workflow } from './workflow';

export interface MonorepoOptions {
  readonly name: string;
  readonly repository: string;
}

/** The root: installs for all workspaces, and lets nx run their targets in order and from cache. */
export class Monorepo extends NodeProject {
  constructor(options: MonorepoOptions) {
    super({
      ...options,
      defaultReleaseBranch: 'main',
      packageManager: NodePackageManager.NPM,
      projenVersion: versions.projen.split('@')[1],
      minNodeVersion: '20.19.0',
      authorName: 'LogArchiver contributors',
      authorOrganization: true,
      licensed: true,
      license: 'Apache-2.0',
      copyrightOwner: 'LogArchiver contributors',
      buildWorkflow: false,
      release: false,
      depsUpgrade: false,
      github: false,
      jest: false,
      package: false,
      npmignoreEnabled: false,
      projenrcJs: false,
      gitignore: ['.nx/', 'cdk.out/', '*.tsbuildinfo'],
    });
    // projen ignores every folder called logs: neither git nor nx would see one that holds sources.
    this.gitignore.removePatterns('logs');
    this.package.addField('private', true);
    this.package.addField('workspaces', ['packages/*', 'apps/*']);
    this.package.addField('overrides', { 'unrs-resolver': versions.unrsResolver.split('@')[1] });
    this.addDevDeps(
      versions.nx,
      versions.typescript,
      versions.tsNode,
      versions.nodeTypes,
      versions.biome,
      ...versions.jest,
      versions.esbuild,
      versions.environmentCredentials,
      versions.constructs,
    );
    const projenrc = new ProjenrcTs(this, {
      runner: TypeScriptRunner.tsNode({ typeCheck: false, tsconfig: 'tsconfig.projen.json' }),
    });
    projenrc.tsconfig.file.addOverride('extends', './tsconfig.base.json');
    projenrc.tsconfig.file.addOverride('compilerOptions.noEmit', true);
    projenrc.tsconfig.file.addOverride('compilerOptions.rootDir', '.');
    projenrc.tsconfig.file.addOverride('include', ['.projenrc.ts', 'projenrc/**/*.ts']);
    for (const name of ['build', 'clobber', 'eject', 'pre-compile', 'post-compile']) {
      this.tasks.removeTask(name);
    }
    this.addRootTasks();
    this.addNx();
    this.addNpmrc();
    this.addBiome();
    new JsonFile(this, 'tsconfig.base.json', { obj: { compilerOptions: baseCompilerOptions } });
    new YamlFile(this, '.github/workflows/ci.yml', { obj: workflow });
  }

  /** One install for all: a workspace whose dependencies are not those in the lock file needs the root's `npm install`. */
  public override postSynthesize() {
    super.postSynthesize();
    const lockFile = join(this.outdir, 'package-lock.json');
    const locked = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
    const stale = this.subprojects.filter((workspace) => {
      const path = workspace.outdir.slice(this.outdir.length + 1);
      const manifest = JSON.parse(readFileSync(join(workspace.outdir, 'package.json'), 'utf8'));
      return ['dependencies', 'devDependencies', 'peerDependencies'].some(
        (kind) => JSON.stringify(manifest[kind]) !== JSON.stringify(locked[path]?.[kind]),
      );
    });
    if (stale.length > 0) {
      execFileSync('npm', ['install'], { cwd: this.outdir, stdio: 'inherit' });
    }
  }

  private addRootTasks() {
    // On a fresh clone `npx projen build` starts under a projen that npx fetched: install first, then go on with the locked one.
    this.addTask('build', {
      description: 'Synthesizes, compiles, bundles, lints, tests and packs; installs first where that was not done yet',
      steps: [
        { exec: 'npm ci', condition: `node -e "process.exit(require('fs').existsSync('node_modules') ? 1 : 0)"` },
        { exec: 'npx projen default' },
        { exec: 'npx nx run-many -t compile bundle lint test package' },
        { exec: 'npx projen lint' },
      ],
    });
    this.testTask.reset('npx nx run-many -t test --output-style=static');
    this.compileTask.reset('npx nx run-many -t compile bundle');
    this.packageTask.reset('npx nx run-many -t package');
    this.addTask('lint', {
      description: 'Checks format, style, and the types of what makes this repository',
      steps: [
        { exec: 'npx nx run-many -t lint' },
        { exec: 'npx biome check --error-on-warnings .projenrc.ts projenrc' },
        { exec: 'npx tsc -p tsconfig.projen.json' },
      ],
    });
    this.addTask('format', { description: 'Rewrites what lint would complain of', exec: 'npx biome check --write' });
    // Not a projen task: with --json, standard output belongs to the result alone.
    this.setScript(
      'demo',
      'nx run-many -t compile bundle -p @log-archiver/demo cdk-log-archiver 1>&2 && node apps/demo/lib/main.js',
    );
    // With exec, a signal to npm is one to node.
    this.setScript(
      'local-aws',
      'nx run-many -t compile -p @log-archiver/local-aws 1>&2 && exec node packages/local-aws/lib/main.js',
    );
  }

  private addNx() {
    new JsonFile(this, 'nx.json', {
      obj: {
        namedInputs: {
          default: ['{projectRoot}/**/*', '!{projectRoot}/.projen/**', 'sharedGlobals'],
          sharedGlobals: [
            '{workspaceRoot}/tsconfig.base.json',
            '{workspaceRoot}/projenrc/*',
            { runtime: 'node --version' },
          ],
        },
        targetDefaults: {
          compile: {
            dependsOn: ['^compile'],
            inputs: ['default', '^default'],
            outputs: ['{projectRoot}/lib', '{projectRoot}/.jsii', '{projectRoot}/tsconfig.tsbuildinfo'],
            cache: true,
          },
          bundle: {
            dependsOn: ['^bundle'],
            inputs: ['default', '^default', { dependentTasksOutputFiles: '**/dist/index.js' }],
            outputs: ['{projectRoot}/dist/index.js', '{projectRoot}/assets'],
            cache: true,
          },
          lint: { inputs: ['default', '{workspaceRoot}/biome.json'], cache: true },
          test: {
            dependsOn: ['compile', 'bundle', '^compile', '^bundle'],
            inputs: ['default', '^default'],
            cache: true,
          },
          package: {
            dependsOn: ['compile', 'bundle'],
            inputs: ['default', '^default'],
            outputs: ['{projectRoot}/dist/js'],
            cache: true,
          },
          demo: { dependsOn: ['compile', '^bundle'], cache: false },
        },
        cacheDirectory: '.nx/cache',
        analytics: false,
        neverConnectToCloud: true,
        useDaemonProcess: false,
        tui: { enabled: false },
      },
    });
  }

  private addNpmrc() {
    // No dependency runs code when it is installed.
    this.npmrc.addConfig('ignore-scripts', 'true');
    // `npx projen build` on a fresh clone, without a terminal to ask on.
    this.npmrc.addConfig('yes', 'true');
    this.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
    this.npmrc.addConfig('fund', 'false');
    this.npmrc.addConfig('audit', 'false');
    this.npmrc.addConfig('update-notifier', 'false');
  }

  private addBiome() {
    new JsonFile(this, 'biome.json', {
      marker: false,
      obj: {
        $schema: './node_modules/@biomejs/biome/configuration_schema.json',
        vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
        files: { includes: ['**/*.ts', '**/*.mjs'] },
        formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
        javascript: { formatter: { quoteStyle: 'single', trailingCommas: 'all' } },
        linter: {
          rules: {
            preset: 'recommended',
            style: { useImportType: 'error', useNodejsImportProtocol: 'error' },
            suspicious: {
              noExplicitAny: 'error',
              noSkippedTests: 'error',
              noFocusedTests: 'error',
              // `${…}` is also what IAM calls a policy variable, and GitHub an expression.
              noTemplateCurlyInString: 'off',
            },
            correctness: { noUnusedVariables: 'error', noUnusedImports: 'error', noUndeclaredDependencies: 'off' },
            nursery: { noFloatingPromises: 'error', noMisusedPromises: 'error' },
          },
        },
      },
    });
  }
}
