import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Dependencies, JsonFile, LogLevel } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { strictCompilerOptions, testCompilerOptions } from './compiler-options';
import type { Monorepo } from './monorepo';
import { DEEP_TARGETS } from './nx';

const LICENSE = 'Apache-2.0';
/** File in each published package. */
export const THIRD_PARTY_LICENSES = 'THIRD-PARTY-LICENSES';

/** Jest on the sources: tsx transforms them, and the condition `source` resolves other workspaces to their sources. */
export const JEST =
  // A larger space for young objects saves a twelfth of the simulation's time.
  'node --max-semi-space-size=64 --import tsx --conditions=source ../../node_modules/jest/bin/jest.js';

export interface TypeScriptPackageOptions {
  readonly parent: Monorepo;
  readonly outdir: string;
  readonly name: string;
  readonly description: string;
  readonly deps?: string[];
  readonly devDeps?: string[];
  readonly peerDeps?: string[];
  /** Packages that a contributor may leave out, with exact versions. */
  readonly optionalDeps?: string[];
  readonly workspaceDeps?: NodeProject[];
  readonly workspaceDevDeps?: NodeProject[];
  /** Exports the TypeScript sources under the condition `source`, so that bundlers leave out unused code. @default false */
  readonly sourceCondition?: boolean;
  /** Exports each file by its name instead of an index, so that a bundle takes only what it imports. @default false */
  readonly subpaths?: boolean;
  /** Whether the package is compiled by jsii. @default false */
  readonly jsii?: boolean;
  /** Whether the package is published. @default false */
  readonly published?: boolean;
}

/** A workspace in TypeScript with the targets `compile`, `lint`, `typecheck` and `test`. */
export class TypeScriptPackage extends NodeProject {
  private readonly targets: Record<string, object> = {};

  constructor(options: TypeScriptPackageOptions) {
    super({
      parent: options.parent,
      outdir: options.outdir,
      name: options.name,
      description: options.description,
      packageManager: NodePackageManager.NPM,
      projenCommand: 'projen',
      logging: { level: LogLevel.WARN },
      defaultReleaseBranch: 'main',
      entrypoint: 'lib/index.js',
      minNodeVersion: options.parent.package.minNodeVersion,
      authorName: 'LogArchiver contributors',
      authorOrganization: true,
      license: LICENSE,
      licensed: options.published ?? false,
      copyrightOwner: 'LogArchiver contributors',
      readme: { contents: `# ${options.name}\n\n${options.description}.\n` },
      jest: false,
      package: false,
      npmignoreEnabled: false,
      deps: [...(options.deps ?? []), ...workspaces(options.workspaceDeps)],
      devDeps: [...(options.devDeps ?? []), ...workspaces(options.workspaceDevDeps)],
      peerDeps: options.peerDeps,
      peerDependencyOptions: { pinnedDevDependency: false },
      gitignore: ['/lib/', '/dist/', '/assets/', '*.tsbuildinfo', ...(options.published ? ['/CHANGELOG.md'] : [])],
    });
    this.gitignore.removePatterns('logs');
    this.package.addField('private', !options.published);
    // projen calls a workspace without a LICENSE file unlicensed.
    this.package.addField('license', LICENSE);
    this.package.addField('version', '0.0.0');
    if (options.optionalDeps) {
      const entries = options.optionalDeps
        .map(Dependencies.parseDependency)
        .map(({ name, version }) => [name, version]);
      this.package.addField('optionalDependencies', Object.fromEntries(entries));
    }
    if (options.published) {
      this.package.addField('repository', {
        type: 'git',
        url: 'https://github.com/log-archiver/cdk-log-archiver.git',
        directory: options.outdir,
      });
      this.package.addField('stability', 'experimental');
    }
    this.package.addField('types', 'lib/index.d.ts');
    if (options.sourceCondition) {
      this.package.addField('sideEffects', false);
      const files = options.subpaths ? { './*': '*' } : { '.': 'index' };
      this.package.addField(
        'exports',
        Object.fromEntries(
          Object.entries(files).map(([path, file]) => [
            path,
            { source: `./src/${file}.ts`, types: `./lib/${file}.d.ts`, default: `./lib/${file}.js` },
          ]),
        ),
      );
    }

    // The root installs, and nx builds.
    for (const name of [
      'build',
      'clobber',
      'eject',
      'watch',
      'upgrade',
      'default',
      'package',
      'pre-compile',
      'post-compile',
      'post-upgrade',
    ]) {
      this.tasks.removeTask(name);
    }
    this.package.installTask.reset();
    this.package.installCiTask.reset();
    // A file left by an earlier layout would hide a folder of the same name.
    this.compileTask.reset('rm -rf lib tsconfig.tsbuildinfo');
    this.compileTask.exec('tsc -p tsconfig.json');
    this.testTask.reset(JEST, { receiveArgs: true });
    this.addTask('typecheck', { description: 'Checks the types of the tests', exec: 'tsc -p test' });
    // CDK validates each template for a quarter of a second; one test of the construct does so for every kind of template.
    this.tasks.addEnvironment('CDK_VALIDATION', 'false');
    this.tasks.addEnvironment('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    this.addTask('lint', { description: 'Checks format and style', exec: 'biome check --error-on-warnings .' });
    this.exposeScripts('compile', 'test', 'lint', 'typecheck');

    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: '../../tsconfig.base.json',
        compilerOptions: { rootDir: 'src', outDir: 'lib', ...(options.jsii ? {} : strictCompilerOptions) },
        include: ['src/**/*.ts'],
      },
    });
    new JsonFile(this, 'test/tsconfig.json', {
      obj: {
        extends: '../tsconfig.json',
        compilerOptions: { ...testCompilerOptions, rootDir: '..' },
        include: ['.', '../src/**/*.ts'],
      },
    });
    this.package.addField('jest', jestConfig('test'));
  }

  /** Adds the target `test-deep`: tests in files `*.deep.test.ts`, which take minutes and which `test` leaves out. */
  public addDeepTests() {
    this.addDeepTarget('test-deep', 'Runs the tests that take minutes', '*.deep.test.ts');
  }

  /** Adds a target for the deep tests in files of this name. A target runs in one process. */
  protected addDeepTarget(target: string, description: string, files: string, ...flags: string[]) {
    const exec = [
      JEST,
      '--testPathIgnorePatterns=/node_modules/',
      ...flags,
      `--testMatch='**/${files}'`,
      '--maxWorkers=1',
      // An open handle must not keep the target waiting.
      '--forceExit',
    ];
    this.addTask(target, { description, exec: exec.join(' '), receiveArgs: true });
    this.exposeScripts(target);
  }

  /**
   * Declares what tests read, so that nx runs them again when it changes: files of the root, and the packages whose code
   * the tests run.
   */
  public readInTests({ files, packages }: { files: string[]; packages?: NodeProject[] }) {
    const projects = packages?.map((project) => project.package.packageName);
    const inputs = [
      'default',
      projects ? { input: 'production', projects } : '^production',
      ...files.map((file) => `{workspaceRoot}/${file}`),
    ];
    for (const name of ['test', ...DEEP_TARGETS].filter((target) => this.tasks.tryFind(target))) {
      this.addToTarget(name, { inputs });
    }
  }

  /** Declares the packages whose compiled output the target `test` needs. It runs all others from their sources. */
  public compileForTests(...packages: NodeProject[]) {
    const projects = packages.map((project) => project.package.packageName);
    this.addToTarget('test', { dependsOn: ['bundle', '^bundle', { projects, target: 'compile' }] });
  }

  /** Adds options to a target of this workspace, which replace the defaults in nx.json. */
  protected addToTarget(name: string, options: object) {
    this.targets[name] = { ...this.targets[name], ...options };
    this.package.addField('nx', { targets: this.targets });
  }

  /** Adds the target `bundle`: an entry point and everything that it imports, in `dist/index.js`. */
  public addBundle(entryPoint: string, ...flags: string[]) {
    const esbuild = [
      'esbuild',
      entryPoint,
      '--outfile=dist/index.js',
      '--metafile=dist/meta.json',
      '--bundle',
      '--minify',
      '--platform=node',
      '--format=cjs',
    ];
    this.addTask('bundle', {
      description: 'Bundles into dist/index.js',
      exec: [
        ...esbuild,
        '--target=node20',
        '--main-fields=module,main',
        '--conditions=source,module',
        '--log-level=warning',
        ...flags,
      ].join(' '),
    });
    this.exposeScripts('bundle');
  }

  /** Writes the licences of the packages that the bundles of these folders contain, after the target `bundle`. */
  protected writeThirdPartyLicenses(folders: string[]) {
    const metafiles = folders.map((folder) => `${folder}/dist/meta.json`).join(' ');
    const exec = `node ../../projenrc/third-party-licenses.mjs ${THIRD_PARTY_LICENSES} ${metafiles}`;
    this.tasks.tryFind('bundle')?.exec(exec);
    this.gitignore.exclude(`/${THIRD_PARTY_LICENSES}`);
  }

  /** Makes the workspace a CDK app, for `npx cdk synth` in its folder. */
  public addCdkApp(entryPoint: string) {
    const context = { 'cli-telemetry': false, ...recommendedFeatureFlags };
    new JsonFile(this, 'cdk.json', { obj: { app: `node ${entryPoint}`, context } });
    this.gitignore.exclude('/cdk.out/');
  }

  /** Adds npm scripts for tasks, so that nx finds them as targets. */
  public exposeScripts(...names: string[]) {
    for (const name of names) {
      this.setScript(name, `projen ${name}`);
    }
  }

  public override preSynthesize() {
    super.preSynthesize();
    this.removeScript('projen');
    // `npm run` has set PATH already; projen would ask npx for it, half a second per task.
    this.tryFindObjectFile('.projen/tasks.json')?.addDeletionOverride('env.PATH');
  }
}

/** Configuration of Jest for the tests in a folder of the workspace. */
export function jestConfig(folder: string) {
  return {
    // Jest's own runner loads the CDK, the SDK and all sources again for each test file, which took half of the time.
    runner: 'jest-light-runner',
    setupFiles: ['<rootDir>/../../projenrc/jest-setup.cjs'],
    testMatch: [`<rootDir>/${folder}/**/*.test.ts`],
    testPathIgnorePatterns: ['/node_modules/', '\\.(deep|newest)\\.test\\.ts$'],
    // nx runs projects side by side. With several workers, the runner can wait for one forever.
    maxWorkers: 1,
  };
}

function workspaces(projects: NodeProject[] = []): string[] {
  return projects.map((project) => `${project.package.packageName}@^0.0.0`);
}
