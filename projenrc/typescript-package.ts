import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { JsonFile, LogLevel } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { baseCompilerOptions, strictCompilerOptions } from './compiler-options';
import type { Monorepo } from './monorepo';

export interface TypeScriptPackageOptions {
  readonly parent: Monorepo;
  readonly outdir: string;
  readonly name: string;
  readonly description: string;
  readonly deps?: string[];
  readonly devDeps?: string[];
  readonly peerDeps?: string[];
  readonly workspaceDeps?: NodeProject[];
  readonly workspaceDevDeps?: NodeProject[];
  /** Lets bundlers that ask for the condition `source` take the TypeScript sources, and so leave out what is not used. */
  readonly sourceCondition?: boolean;
  /** Exports each file by its name instead of an index, so that a bundle takes only what it imports. @default false */
  readonly subpaths?: boolean;
  /** Published, and compiled by jsii. @default false */
  readonly jsii?: boolean;
}

/** A workspace in TypeScript with the targets `compile`, `lint` and `test`. */
export class TypeScriptPackage extends NodeProject {
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
      license: 'Apache-2.0',
      licensed: options.jsii ?? false,
      copyrightOwner: 'LogArchiver contributors',
      readme: { contents: `# ${options.name}\n\n${options.description}.\n` },
      jest: false,
      package: false,
      npmignoreEnabled: false,
      deps: [...(options.deps ?? []), ...workspaces(options.workspaceDeps)],
      devDeps: [...(options.devDeps ?? []), ...workspaces(options.workspaceDevDeps)],
      peerDeps: options.peerDeps,
      peerDependencyOptions: { pinnedDevDependency: false },
      gitignore: ['/lib/', '/dist/', '/assets/', '*.tsbuildinfo'],
    });
    this.gitignore.removePatterns('logs');
    this.package.addField('private', !options.jsii);
    this.package.addField('version', '0.0.0');
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

    // Installing is the root's business; building is nx's.
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
    this.compileTask.reset('tsc -p tsconfig.json');
    this.testTask.reset('tsc -p test');
    this.testTask.exec('jest', { receiveArgs: true });
    this.tasks.addEnvironment('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    this.addTask('lint', { description: 'Checks format and style', exec: 'biome check --error-on-warnings .' });
    this.exposeScripts('compile', 'test', 'lint');

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
        compilerOptions: { rootDir: '..', noEmit: true, types: [...baseCompilerOptions.types, 'jest'] },
        include: ['.', '../src/**/*.ts'],
      },
    });
    this.package.addField('jest', {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testTimeout: 60_000,
      // Jest leaves one core out, and so all but one of two: the longest tests run when no others do.
      maxWorkers: '100%',
      // temporal-polyfill and what it is made of are published as ES modules only.
      transform: {
        '\\.ts$|/node_modules/temporal-.+\\.js$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }],
      },
      transformIgnorePatterns: ['/node_modules/(?!temporal-)'],
    });
  }

  /** Bundles an entry point, with all it needs, into `dist/index.js`: the target `bundle`. */
  public addBundle(entryPoint: string, ...flags: string[]) {
    const esbuild = [
      'esbuild',
      entryPoint,
      '--outfile=dist/index.js',
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

  /** Makes this a CDK app: `npx cdk synth` in its folder. */
  public addCdkApp(entryPoint: string) {
    const context = { 'cli-telemetry': false, ...recommendedFeatureFlags };
    new JsonFile(this, 'cdk.json', { obj: { app: `node ${entryPoint}`, context } });
    this.gitignore.exclude('/cdk.out/');
  }

  /** The tasks that nx runs: the rest of what projen makes is not for a workspace. */
  public exposeScripts(...names: string[]) {
    for (const name of names) {
      this.setScript(name, `projen ${name}`);
    }
  }

  public override preSynthesize() {
    super.preSynthesize();
    this.removeScript('projen');
    // `npm run` has set PATH already; asking npx for it would cost half a second a task.
    this.tryFindObjectFile('.projen/tasks.json')?.addDeletionOverride('env.PATH');
  }
}

function workspaces(projects: NodeProject[] = []): string[] {
  return projects.map((project) => `${project.package.packageName}@^0.0.0`);
}
