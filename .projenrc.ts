import {
  CommandLineTool,
  ConstructLibrary,
  LambdaFunctionPackage,
  Monorepo,
  PackageRelease,
  TestPackage,
  TypeScriptPackage,
  versions,
} from './projenrc';

const root = new Monorepo({
  name: '@log-archiver/root',
  repository: 'https://github.com/log-archiver/cdk-log-archiver',
});

const core = new TypeScriptPackage({
  parent: root,
  outdir: 'packages/core',
  name: '@log-archiver/core',
  description: 'The contract between the parts, error names, limits, periods and object keys',
  deps: [versions.temporal],
  devDeps: [versions.fastCheck],
  sourceCondition: true,
});
core.addBundle('src/synthesis.ts');

const localAws = new TypeScriptPackage({
  parent: root,
  outdir: 'packages/local-aws',
  name: '@log-archiver/local-aws',
  description:
    'AWS on one machine and on virtual time: CloudWatch Logs with export tasks, S3 as files, Step Functions, Lambda',
  deps: [versions.localStepFunctions, versions.lambdaRuntime, versions.fakeTimers, versions.commander],
  optionalDeps: versions.iamEvaluator,
  devDeps: [versions.cloudWatchLogs, versions.iam, versions.kms, versions.s3, versions.sfn, versions.sts],
  sourceCondition: true,
});
localAws.addDeepTests();

const awsClients = new TypeScriptPackage({
  parent: root,
  outdir: 'packages/aws-clients',
  name: '@log-archiver/aws-clients',
  description: 'The calls of AWS that the functions make, and what the archiver keeps in the bucket',
  deps: [versions.cloudWatchLogs, versions.s3, versions.sfn],
  workspaceDeps: [core],
  workspaceDevDeps: [localAws],
  sourceCondition: true,
  subpaths: true,
});

const handlers = [
  new LambdaFunctionPackage({
    parent: root,
    outdir: 'packages/plan-archive',
    name: '@log-archiver/plan-archive',
    description: 'Finds the log groups and periods without a receipt, page by page, and reports their outcomes',
    deps: [versions.s3, versions.sfn],
    devDeps: [versions.fastCheck],
    workspaceDeps: [core, awsClients],
    workspaceDevDeps: [localAws],
  }),
  new LambdaFunctionPackage({
    parent: root,
    outdir: 'packages/export-log-to-s3',
    name: '@log-archiver/export-log-to-s3',
    description: 'Starts the export task of one log group and one period',
    workspaceDeps: [core, awsClients],
    workspaceDevDeps: [localAws],
  }),
  new LambdaFunctionPackage({
    parent: root,
    outdir: 'packages/check-export-task',
    name: '@log-archiver/check-export-task',
    description: 'Checks an export task, and throws its status as the error name until it is completed',
    workspaceDeps: [core, awsClients],
    workspaceDevDeps: [localAws],
  }),
  new LambdaFunctionPackage({
    parent: root,
    outdir: 'packages/record-archive',
    name: '@log-archiver/record-archive',
    description: 'Counts the objects of a completed export task, checks that none is missing, and writes the receipt',
    deps: [versions.s3],
    workspaceDeps: [core, awsClients],
    workspaceDevDeps: [localAws],
  }),
];

const verifyArchive = new LambdaFunctionPackage({
  parent: root,
  outdir: 'packages/verify-archive',
  name: '@log-archiver/verify-archive',
  description: 'Compares the objects of an archive with its receipts, and signs statements of what it found',
  deps: [versions.kms, versions.s3],
  workspaceDeps: [core, awsClients],
  workspaceDevDeps: [localAws],
  sourceCondition: true,
  subpaths: true,
});

const logArchiver = new ConstructLibrary({
  parent: root,
  outdir: 'packages/log-archiver',
  name: 'cdk-log-archiver',
  description:
    'Exports each finished month or day of CloudWatch log groups to S3, and can prove that the archive is complete',
  assets: [core, ...handlers, verifyArchive],
  peerDeps: [versions.cdkLibPeer, versions.constructsPeer],
  devDeps: [
    versions.cdkLib,
    ...versions.newestCdk,
    versions.cdkNag,
    versions.constructs,
    versions.graphviz,
    versions.aslValidator,
    versions.statesLanguageService,
    versions.typescript,
  ],
  workspaceDevDeps: [localAws],
});

logArchiver.compileAfter(core);
logArchiver.compileForTests(core, logArchiver);
logArchiver.addDeepTests();
logArchiver.addNewestTests();
// No test runs a published bundle: apps/e2e does.
logArchiver.readInTests({
  files: ['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'docs/**/*', '.projenrc.ts', 'LICENSE'],
  packages: [core, localAws],
});

const cli = new CommandLineTool({
  parent: root,
  outdir: 'packages/cli',
  name: 'log-archiver',
  command: 'log-archiver',
  description: 'Reads and checks archives of CloudWatch logs in S3 that cdk-log-archiver wrote, and runs the archivers',
  devDeps: [
    versions.s3,
    versions.cloudWatchLogs,
    versions.sfn,
    versions.iam,
    versions.sts,
    versions.cdkLib,
    versions.constructs,
    versions.commander,
    versions.table,
    ...versions.progressBar,
    versions.temporal,
    versions.fastCheck,
  ],
  workspaceDevDeps: [core, awsClients, verifyArchive, localAws, logArchiver],
  sourceCondition: true,
  subpaths: true,
});
cli.compileForTests(logArchiver);
cli.addDeepTests();
cli.readInTests({ files: ['docs/runbook.md'] });
cli.package.addKeywords('aws', 'cloudwatch', 'logs', 's3', 'archive', 'cat', 'grep', 'cli');

const sampleApp = new TypeScriptPackage({
  parent: root,
  outdir: 'apps/sample-app',
  name: '@log-archiver/sample-app',
  description: 'The stacks that a user would write',
  deps: [versions.cdkLib, versions.constructs],
  devDeps: [versions.cdkCli, ...versions.integrationTests],
  workspaceDeps: [logArchiver],
  sourceCondition: true,
});
sampleApp.addCdkApp('lib/bin/sample-app.js');
sampleApp.compileForTests(logArchiver);
sampleApp.addDeepTests();
sampleApp.annotateGenerated('/test/integ/*.snapshot/**');
sampleApp.readInTests({ files: ['README.md'] });

const demo = new TypeScriptPackage({
  parent: root,
  outdir: 'apps/demo',
  name: '@log-archiver/demo',
  description: 'The archive of a month on a local AWS',
  deps: [
    versions.cdkLib,
    versions.constructs,
    versions.cloudWatchLogs,
    versions.s3,
    versions.commander,
    versions.table,
    versions.listr,
    versions.temporal,
  ],
  workspaceDeps: [core, verifyArchive, logArchiver, localAws, sampleApp],
});
demo.addTask('demo', { description: 'Archives a month on a local AWS', exec: 'node lib/main.js', receiveArgs: true });
demo.exposeScripts('demo');
demo.addDeepTests();
demo.compileForTests(logArchiver);
demo.readInTests({ files: ['README.md', 'docs/**/*'] });

const endToEnd = new TestPackage({
  parent: root,
  outdir: 'apps/e2e',
  name: '@log-archiver/e2e',
  description: 'End-to-end tests on a local AWS: scenarios, the simulation of faults, and scale',
  deps: [
    versions.cdkLib,
    versions.constructs,
    versions.cloudWatchLogs,
    versions.kms,
    versions.s3,
    versions.fastCheck,
    versions.duckdb,
  ],
  workspaceDeps: [core, logArchiver, localAws, sampleApp, cli],
});
endToEnd.addDeepTests();
endToEnd.compileForTests(logArchiver);
endToEnd.readInTests({ files: ['docs/athena.md', 'docs/runbook.md'] });

const bench = new TypeScriptPackage({
  parent: root,
  outdir: 'apps/bench',
  name: '@log-archiver/bench',
  description: 'Benchmarks of the archiver on a local AWS, next to models of other archivers',
  deps: [
    versions.cdkLib,
    versions.constructs,
    versions.cloudWatchLogs,
    versions.commander,
    versions.echarts,
    versions.esbuild,
  ],
  workspaceDeps: [core, logArchiver, localAws],
});
bench.addDeepTests();
bench.compileForTests(logArchiver);
bench.readInTests({ files: ['README.md', 'docs/**/*'] });

new PackageRelease(root, { construct: logArchiver, command: cli });

root.synth();
