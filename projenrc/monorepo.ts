import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonFile, YamlFile } from 'projen';
import { DependabotScheduleInterval } from 'projen/lib/github';
import {
  NodePackageManager,
  NodeProject,
  UpgradeDependencies,
  UpgradeDependenciesSchedule,
} from 'projen/lib/javascript';
import { ProjenrcTs, TypeScriptRunner } from 'projen/lib/typescript';
import { biomeConfig } from './biome';
import { baseCompilerOptions } from './compiler-options';
import { issueForms } from './issue-forms';
import { DEEP_TARGETS, nxConfig } from './nx';
import * as versions from './versions';
import { workflow } from './workflow';

const TEST_DEEP = `npx nx run-many -t ${DEEP_TARGETS.join(' ')} --output-style=static`;

export interface MonorepoOptions {
  readonly name: string;
  readonly repository: string;
}

/** The root: installs for all workspaces, and runs their targets through nx. */
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
      githubOptions: {
        mergify: false,
        pullRequestLintOptions: {
          semanticTitleOptions: { types: ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'test'] },
        },
      },
      pullRequestTemplate: false,
      dependabot: true,
      // Security updates only, at once. All other updates need the generated files: see `addUpgrades`.
      dependabotOptions: {
        scheduleInterval: DependabotScheduleInterval.WEEKLY,
        openPullRequestsLimit: 0,
        ignoreProjen: false,
      },
      jest: false,
      package: false,
      npmignoreEnabled: false,
      projenrcJs: false,
      gitignore: ['.nx/', 'cdk.out/', '*.tsbuildinfo', '.venv/'],
    });
    // projen ignores every folder named logs, which would hide sources from git and nx.
    this.gitignore.removePatterns('logs');
    this.package.addField('private', true);
    this.package.addField('workspaces', ['packages/*', 'apps/*']);
    this.package.addField('overrides', {
      'unrs-resolver': versions.unrsResolver.split('@')[1],
      // Tests run these only with the newest CDK and constructs.
      'cdk-nag': { 'aws-cdk-lib': versions.cdkLib.split('@')[1], constructs: versions.constructs.split('@')[1] },
      'aws-cdk-lib-newest': { constructs: versions.constructs.split('@')[1] },
    });
    this.addDevDeps(
      versions.nx,
      versions.typescript,
      versions.tsNode,
      versions.nodeTypes,
      versions.biome,
      ...versions.jest,
      versions.fastCheck,
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
    this.addUpgrades();
    new JsonFile(this, 'nx.json', { obj: nxConfig });
    this.addNpmrc();
    new JsonFile(this, 'biome.json', { marker: false, obj: biomeConfig });
    new JsonFile(this, 'tsconfig.base.json', { obj: { compilerOptions: baseCompilerOptions } });
    new YamlFile(this, '.github/workflows/ci.yml', { obj: workflow });
    for (const [name, obj] of Object.entries(issueForms)) {
      new YamlFile(this, `.github/ISSUE_TEMPLATE/${name}.yml`, { obj });
    }
  }

  /** Installs at the root if a workspace's dependencies differ from the lock file. */
  public override postSynthesize() {
    super.postSynthesize();
    const lockFile = join(this.outdir, 'package-lock.json');
    const locked = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
    const stale = this.subprojects.filter((workspace) => {
      const path = workspace.outdir.slice(this.outdir.length + 1);
      const manifest = JSON.parse(readFileSync(join(workspace.outdir, 'package.json'), 'utf8'));
      return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].some(
        (kind) => JSON.stringify(manifest[kind]) !== JSON.stringify(locked[path]?.[kind]),
      );
    });
    if (stale.length > 0) {
      execFileSync('npm', ['install'], { cwd: this.outdir, stdio: 'inherit' });
    }
  }

  private addRootTasks() {
    // On a fresh clone, npx fetches a projen of its own: install first, then continue with the locked one.
    this.addTask('build', {
      description: 'Synthesizes, compiles, bundles, lints, runs all tests and packs; installs first if needed',
      steps: [
        { exec: 'npm ci', condition: `node -e "process.exit(require('fs').existsSync('node_modules') ? 1 : 0)"` },
        { exec: 'npx projen default' },
        { exec: 'npx nx run-many -t compile docgen bundle lint typecheck test package' },
        { exec: TEST_DEEP },
        { exec: 'npx projen lint' },
      ],
    });
    this.testTask.reset('npx nx run-many -t test --output-style=static');
    this.testTask.say('SKIPPED: tests that evaluate policies. Run npm ci to install @cloud-copilot/iam-simulate', {
      condition: 'test ! -d node_modules/@cloud-copilot/iam-simulate',
    });
    this.addTask('test:deep', {
      description: 'Runs the tests that take minutes: 1,200 worlds, all faults, all mutations, scale',
      exec: TEST_DEEP,
    });
    this.compileTask.reset('npx nx run-many -t compile bundle');
    this.packageTask.reset('npx nx run-many -t package');
    this.addTask('lint', {
      description: 'Checks format, style and imports, and the types of the projen code',
      steps: [
        { exec: 'npx nx run-many -t lint typecheck' },
        {
          exec: 'npx biome check --error-on-warnings --skip=correctness/noUndeclaredDependencies .projenrc.ts projenrc examples conformance',
        },
        { exec: 'npx tsc -p tsconfig.projen.json' },
      ],
    });
    this.addTask('actionlint', {
      description: 'Checks the workflows of GitHub, if Go is installed',
      steps: [
        {
          exec: `go run github.com/rhysd/actionlint/cmd/actionlint@${versions.actionlint}`,
          condition: 'which go',
        },
        { say: 'NOT RUN: actionlint needs Go', condition: '! which go' },
      ],
    });
    this.addTask('format', {
      description: 'Rewrites files to the format that lint checks',
      exec: 'npx biome check --write',
    });
    // Not projen tasks: standard output holds only what the commands print. exec passes a signal to npm on to node.
    this.setScript(
      'demo',
      `${showOnlyFailure('nx run-many -t compile bundle -p @log-archiver/demo cdk-log-archiver')} && exec node apps/demo/lib/main.js`,
    );
    this.setScript(
      'bench',
      `${showOnlyFailure('nx run-many -t compile bundle -p @log-archiver/bench cdk-log-archiver')} && exec node apps/bench/lib/main.js`,
    );
    this.setScript(
      'local-aws',
      `${showOnlyFailure('nx run-many -t compile -p @log-archiver/local-aws')} && exec node packages/local-aws/lib/server/main.js`,
    );
  }

  /** Adds a monthly pull request that updates all workspaces within their ranges, and what projen generates. */
  private addUpgrades() {
    const { postUpgradeTask } = new UpgradeDependencies(this, {
      // A malicious release is usually found within days.
      cooldown: 7,
      workflowOptions: { schedule: UpgradeDependenciesSchedule.MONTHLY },
    });
    postUpgradeTask.exec('npm update');
  }

  private addNpmrc() {
    // Dependencies run no code at installation.
    this.npmrc.addConfig('ignore-scripts', 'true');
    // `npx projen build` on a fresh clone must not ask.
    this.npmrc.addConfig('yes', 'true');
    this.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
    this.npmrc.addConfig('fund', 'false');
    this.npmrc.addConfig('audit', 'false');
    this.npmrc.addConfig('update-notifier', 'false');
  }
}

/** Returns a shell command that compiles with a command, and prints the command's output only if it fails. */
function showOnlyFailure(command: string): string {
  return `echo 'Compiling (a minute at first)' >&2 && { output=$(${command} 2>&1) || { echo "$output" >&2; exit 1; }; }`;
}
