// Installs the packages that `package-all` built into clean folders, and synthesizes the example of each language.
//
// usage: node examples/synthesize.mjs [--all]
//
// Fails if the templates of two languages differ. Prints what this machine cannot run; with --all, it fails instead.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const EXAMPLES = import.meta.dirname;
const PACKAGE = join(EXAMPLES, '..', 'packages', 'log-archiver');
const DIST = join(PACKAGE, 'dist');
const ALL = process.argv.includes('--all');
/** All languages have the same CDK, because their templates are compared. */
const CDK = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).devDependencies['aws-cdk-lib'];

/** For each language: the commands that it needs, the folder of its package, and the steps in a clean folder. */
const LANGUAGES = {
  typescript: {
    needs: ['npm'],
    dist: 'js',
    steps: (run) => {
      run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', find('js', /\.tgz$/), `aws-cdk-lib@${CDK}`);
      run('npx', 'tsc');
      run('npx', 'tsx', 'app.ts');
    },
  },
  python: {
    needs: ['python3'],
    dist: 'python',
    steps: (run, folder) => {
      const bin = join(folder, '.venv', 'bin');
      run('python3', '-m', 'venv', '.venv');
      run(join(bin, 'pip'), 'install', '-q', find('python', /\.whl$/), '-r', 'requirements.txt', `aws-cdk-lib==${CDK}`);
      run(join(bin, 'python'), 'app.py');
    },
  },
  java: {
    needs: ['java', 'mvn'],
    dist: 'java',
    steps: (run, folder) => {
      writeFileSync(join(folder, 'settings.xml'), createMavenSettings());
      // Maven never looks for a newer package of the same version.
      rmSync(join(homedir(), '.m2/repository/io/github/log-archiver'), { recursive: true, force: true });
      run('mvn', '-q', '-s', 'settings.xml', `-Dcdk.version=${CDK}`, 'compile', 'exec:java');
    },
  },
  go: {
    needs: ['go'],
    dist: 'go',
    steps: (run) => {
      const module = 'github.com/log-archiver/cdk-log-archiver-go/cdklogarchiver';
      run('go', 'mod', 'edit', `-replace=${module}=${join(DIST, 'go', 'cdklogarchiver')}`);
      run('go', 'mod', 'tidy');
      run('go', 'run', '.');
    },
  },
  csharp: {
    needs: ['dotnet'],
    dist: 'dotnet',
    steps: (run, folder) => {
      writeFileSync(join(folder, 'nuget.config'), createNugetConfig());
      run('dotnet', 'run', '--project', 'Logs.csproj');
    },
  },
};

const results = Object.entries(LANGUAGES).map(([language, { needs, dist, steps }]) => {
  const missing = needs.filter((command) => !isInstalled(command));
  if (missing.length > 0) {
    return { language, missing: `needs ${missing.join(' and ')}` };
  }
  const folder = mkdtempSync(join(tmpdir(), `log-archiver-${language}-`));
  try {
    if (!hasPackage(dist)) {
      return { language, missing: `needs packages/log-archiver/dist/${dist}; run package-all first` };
    }
    cpSync(join(EXAMPLES, language), folder, { recursive: true });
    const output = join(folder, 'cdk.out');
    const env = {
      ...process.env,
      CDK_OUTDIR: output,
      // This resource names the language and its runtime.
      CDK_CONTEXT_JSON: '{"aws:cdk:disable-version-reporting":true}',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    };
    steps((command, ...args) => execFileSync(command, args, { cwd: folder, env, stdio: ['ignore', 2, 2] }), folder);
    const names = readdirSync(output).filter((name) => name.endsWith('.template.json'));
    return { language, templates: names.map((name) => [name, readFileSync(join(output, name), 'utf8')]) };
  } catch ({ message }) {
    return { language, failed: message.split('\n')[0] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const [reference] = results.filter(({ templates }) => templates);
const verdicts = results.map(({ language, missing, failed, templates }) => {
  if (missing || failed) {
    return { language, text: missing ? `NOT RUN: ${missing}` : `FAILED: ${failed}`, passed: Boolean(missing) && !ALL };
  }
  const passed = templates.length === 2 && JSON.stringify(templates) === JSON.stringify(reference.templates);
  return {
    language,
    text: passed ? `same templates (${templates.length})` : `differs from ${reference.language}`,
    passed,
  };
});
for (const { language, text } of verdicts) {
  console.log(`${language.padEnd(10)} ${text}`);
}
if (reference === undefined || verdicts.some(({ passed }) => !passed)) {
  process.exitCode = 1;
}

function isInstalled(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    const { status, error } = spawnSync('test', ['-x', join(folder, command)]);
    return error === undefined && status === 0;
  });
}

function hasPackage(dist) {
  try {
    return readdirSync(join(DIST, dist)).length > 0;
  } catch {
    return false;
  }
}

function find(dist, pattern) {
  const [file, ...more] = readdirSync(join(DIST, dist)).filter((name) => pattern.test(name));
  if (file === undefined || more.length > 0) {
    throw new Error(`dist/${dist} must contain one file ${pattern}, got ${[file, ...more].join(', ')}`);
  }
  return join(DIST, dist, file);
}

function createMavenSettings() {
  const repository = `<id>dist</id><url>${pathToFileURL(join(DIST, 'java'))}</url>`;
  return `<settings><profiles><profile><id>dist</id><repositories><repository>${repository}</repository></repositories></profile></profiles><activeProfiles><activeProfile>dist</activeProfile></activeProfiles></settings>\n`;
}

function createNugetConfig() {
  return `<configuration><packageSources><add key="dist" value="${join(DIST, 'dotnet')}" /></packageSources></configuration>\n`;
}
