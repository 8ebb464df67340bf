/**
 * Every version in one place, so that all workspaces agree: two copies of `constructs` break jsii.
 * Pinned where a newer one is known to break something.
 */
export const projen = 'projen@0.103.25';
/** Nx 23.3 and 24 lack platform binaries: `npm ci` would fail on a Mac. */
export const nx = 'nx@23.2.1';
/** TypeScript 7 has no JavaScript API yet, which jsii needs. */
export const typescript = 'typescript@~6.0.3';
export const tsNode = 'ts-node@^10.9.2';
export const nodeTypes = '@types/node@^20.19.0';
/** 2.6 lacks platform binaries. */
export const biome = '@biomejs/biome@2.5.15';
export const jest = ['jest@^30.0.0', '@types/jest@^30.0.0', 'jest-light-runner@^0.7.13', 'tsx@^4.23.15'];
/** For jest, whose resolver's 1.13 lacks platform binaries: `npm ci` would fail on a Mac. */
export const unrsResolver = 'unrs-resolver@1.12.2';
export const esbuild = 'esbuild@^0.28.2';
/** A Go module. */
export const actionlint = 'v1.7.12';
/** Publishes to the registries. The workflow of releases fetches it. */
export const publib = 'publib@0.2.1061';
/** The last major version that runs on Node 20. */
export const commitAndTagVersion = 'commit-and-tag-version@^12.7.3';
export const fastCheck = 'fast-check@^4.0.0';

export const cloudWatchLogs = '@aws-sdk/client-cloudwatch-logs@^3.1169.0';
export const s3 = '@aws-sdk/client-s3@^3.1169.0';
export const sfn = '@aws-sdk/client-sfn@^3.1163.0';
export const kms = '@aws-sdk/client-kms@^3.1164.0';
export const iam = '@aws-sdk/client-iam@^3.1169.0';
export const sts = '@aws-sdk/client-sts@^3.1169.0';
export const environmentCredentials = '@aws-sdk/credential-provider-env@^3.972.0';
export const temporal = 'temporal-polyfill@^1.0.8';

/**
 * The oldest CDK that the construct supports, with which it is built and tested: users of Go receive this version.
 *
 * `test-newest` runs the same tests with the newest one (docs/adr/0035-the-oldest-cdk.md).
 */
export const cdkLib = 'aws-cdk-lib@2.224.0';
export const cdkLibPeer = cdkLib.replace('@', '@^');
/** The version with which that CDK was released. In Go, it does not compile with constructs 10.5 or newer. */
export const constructs = 'constructs@10.4.2';
export const constructsPeer = constructs.replace('@', '@^');
export const newestCdk = ['aws-cdk-lib-newest@npm:aws-cdk-lib@2.276.0', 'constructs-newest@npm:constructs@10.8.1'];
/** The CLI's 3.0.0 was published by accident and refuses our assemblies. */
export const cdkCli = 'aws-cdk@2.1148.1';
export const jsii = [
  'jsii@~6.0.16',
  'jsii-rosetta@~6.0.16',
  'jsii-pacmak@^1.140.0',
  'jsii-docgen@^10.12.6',
  'jsii-diff@^1.134.0',
];
/** The last versions that fit the oldest CDK: integ-tests-alpha has no stable release. */
export const integrationTests = ['@aws-cdk/integ-runner@2.197.10', '@aws-cdk/integ-tests-alpha@2.214.0-alpha.0'];
/** Draws the picture of the README from its source. */
export const graphviz = '@viz-js/viz@^3.31.0';
/** Renders the plots of the benchmarks as SVG, without a browser. It has no install script. */
export const echarts = 'echarts@^6.1.0';
export const aslValidator = 'asl-validator@^4.0.0';
export const cdkNag = 'cdk-nag@3.0.2';
export const statesLanguageService = 'amazon-states-language-service@^1.16.1';

export const localStepFunctions = 'aws-local-stepfunctions@3.0.0';
/** AWS's own runtime. Its install script, which compiles its native client, does not run: local-aws stands in for it. */
export const lambdaRuntime = 'aws-lambda-ric@4.0.2';
/** AGPL-3.0: optional, and in nothing that is published (docs/adr/0017-policies-are-evaluated.md). */
export const iamEvaluator = ['@cloud-copilot/iam-simulate@0.1.173', '@cloud-copilot/iam-policy@0.1.109'];
/** Reads the archive with the SQL of `ArchiveTable`. Its native engine is an optional package for each platform. */
export const duckdb = '@duckdb/node-api@1.5.6-r.1';
export const fakeTimers = '@sinonjs/fake-timers@^15.5.0';

/** The last major versions that run on Node 20. */
export const commander = 'commander@^14.0.0';
export const listr = 'listr2@^9.0.0';
export const table = 'cli-table3@^0.6.5';
export const progressBar = ['cli-progress@^3.12.0', '@types/cli-progress@^3.11.6'];
