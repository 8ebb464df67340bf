import { JsonFile } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';
import { JEST, THIRD_PARTY_LICENSES, TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';
import * as versions from './versions';

const API_REFERENCE = 'API.md';

/** Languages of jsii-pacmak, which are its folders below `dist`, and the tool that each needs. */
export const LANGUAGE_TOOLS = { js: 'npm', python: 'python3', java: 'mvn', go: 'go', dotnet: 'dotnet' };

export interface ConstructLibraryOptions extends TypeScriptPackageOptions {
  /** The workspaces whose `dist/index.js` is published inside this package, as `assets/<name>/index.js`. */
  readonly assets: NodeProject[];
}

/** The published package: compiled by jsii, packed for npm, with the bundles of other workspaces in `assets/`. */
export class ConstructLibrary extends TypeScriptPackage {
  constructor(options: ConstructLibraryOptions) {
    super({
      ...options,
      jsii: true,
      published: true,
      devDeps: [...versions.jsii, ...(options.devDeps ?? [])],
      workspaceDevDeps: [...options.assets, ...(options.workspaceDevDeps ?? [])],
    });
    this.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
    // jsii-pacmak writes an .npmignore; what is published stands in `files`.
    this.gitignore.exclude('.jsii', '.jsii.tabl.json*', '.npmignore');
    // The types of private files: no public type imports them.
    const unpublished = ['!*.tsbuildinfo', '!lib/private/**/*.d.ts'];
    this.package.addField('files', [
      'lib',
      'assets',
      '.jsii',
      // Surroundings of the examples, with which Construct Hub compiles and translates them.
      'rosetta',
      'CHANGELOG.md',
      THIRD_PARTY_LICENSES,
      ...unpublished,
    ]);
    this.package.addField('keywords', [
      'aws',
      'cdk',
      'awscdk',
      'cloudwatch',
      'logs',
      's3',
      'archive',
      'export',
      'step-functions',
    ]);
    this.package.addField('jsii', {
      outdir: 'dist',
      tsconfig: 'tsconfig.json',
      validateTsconfig: 'strict',
      tsc: { outDir: 'lib', rootDir: 'src' },
      versionFormat: 'full',
      targets: {
        java: {
          package: 'io.github.logarchiver',
          maven: { groupId: 'io.github.log-archiver', artifactId: 'cdk-log-archiver' },
        },
        python: { distName: 'cdk-log-archiver', module: 'cdk_log_archiver' },
        dotnet: { namespace: 'CdkLogArchiver', packageId: 'CdkLogArchiver' },
        go: { moduleName: 'github.com/log-archiver/cdk-log-archiver-go' },
      },
    });
    // The oldest supported CDK is what the packed package is tried with; here it is built with the newest.
    this.compileTask.reset('rm -rf lib tsconfig.tsbuildinfo');
    // The README of the repository is also the page of the package.
    this.compileTask.exec('cp ../../README.md README.md');
    this.gitignore.exclude('/README.md');
    this.addToTarget('compile', { inputs: ['production', '^production', '{workspaceRoot}/README.md'] });
    this.compileTask.exec('jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency');
    const folders = options.assets.map((asset) => asset.outdir.split('/').pop());
    this.addTask('bundle', {
      description: 'Collects the bundles that are published inside this package',
      exec: folders
        .map((name) => `mkdir -p assets/${name} && cp ../${name}/dist/index.js assets/${name}/index.js`)
        .join(' && '),
    });
    this.writeThirdPartyLicenses(folders.map((name) => `../${name}`));
    this.addTask('package', { description: 'Packs for npm', exec: 'jsii-pacmak --target js' });
    this.addLanguages();
    this.addApiReference();
    this.exposeScripts('bundle', 'package');
  }

  /**
   * Adds the targets `package-all`, which packs for each language, and `synth-examples`, which tries the packages.
   *
   * A language whose tools are not installed is named. With `--all`, `synth-examples` fails for it.
   */
  private addLanguages() {
    this.addTask('package-all', {
      description: 'Packs for every language whose tools are installed',
      steps: [
        // The examples of the documentation, which jsii-pacmak translates into each language.
        { exec: 'jsii-rosetta extract --strict --compress-tablet' },
        ...Object.entries(LANGUAGE_TOOLS).flatMap(([language, tool]) => [
          { exec: `jsii-pacmak --force --target ${language}`, condition: `which ${tool}` },
          { say: `NOT PACKED for ${language}: needs ${tool}`, condition: `! which ${tool}` },
        ]),
      ],
    });
    this.addTask('synth-examples', {
      description: 'Synthesizes the example of each language with the packages of package-all',
      exec: 'node ../../examples/synthesize.mjs',
      receiveArgs: true,
    });
    this.exposeScripts('package-all', 'synth-examples');
  }

  /**
   * Adds the targets `docgen`, which writes API.md, and `compat`, which finds breaking changes.
   *
   * projen's own `docgen` installs the package from the registry, and its own `compat` fails before the first release.
   */
  private addApiReference() {
    this.addTask('docgen', {
      description: 'Writes the reference of the API from the compiled assembly',
      exec: `node ../../projenrc/docgen.mjs . ${API_REFERENCE}`,
    });
    this.annotateGenerated(`/${API_REFERENCE}`);
    this.addTask('compat', {
      description: 'Compares the compiled API with the last release on npm',
      exec: 'node ../../projenrc/compare-api.mjs',
      receiveArgs: true,
    });
    this.exposeScripts('docgen', 'compat');
  }

  /** Declares the only workspaces whose types the sources import. The bundles of all others are not compiled. */
  public compileAfter(...packages: NodeProject[]) {
    const projects = packages.map((project) => project.package.packageName);
    this.addToTarget('compile', { dependsOn: [{ projects, target: 'compile' }] });
  }

  /**
   * Adds the target `test-newest`: runs the fast tests, and those in files `*.newest.test.ts`, with the newest CDK.
   *
   * It also checks the types of sources and tests against it.
   */
  public addNewestTests() {
    const modules = '../../../node_modules';
    const paths = Object.fromEntries(
      ['aws-cdk-lib', 'constructs'].flatMap((name) => [
        [name, [`${modules}/${name}-newest`]],
        [`${name}/*`, [`${modules}/${name}-newest/*`]],
      ]),
    );
    this.tryFindObjectFile('test/tsconfig.json')?.addOverride('exclude', ['**/*.newest.test.ts']);
    new JsonFile(this, 'test/tsconfig.newest.json', {
      obj: {
        extends: './tsconfig.json',
        compilerOptions: { paths },
        exclude: [],
      },
    });
    this.addTask('test-newest', {
      description: 'Runs the tests with the newest CDK',
      steps: [
        { exec: 'tsc -p test/tsconfig.newest.json' },
        {
          exec: [
            JEST.replace('--import', '--require ../../projenrc/newest-cdk.cjs --import'),
            '--testPathIgnorePatterns=/node_modules/',
            "--testPathIgnorePatterns='[.]deep[.]test[.]ts$'",
            '--maxWorkers=1',
            '--forceExit',
          ].join(' '),
          receiveArgs: true,
        },
      ],
    });
    this.exposeScripts('test-newest');
  }
}
