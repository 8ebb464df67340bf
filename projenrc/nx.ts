/** Targets of the deep tests. */
export const DEEP_TARGETS = ['test-deep', 'test-newest', 'simulate-one', 'simulate-two'];
const deepTests = {
  dependsOn: ['compile', 'bundle', '^compile', '^bundle'],
  inputs: ['default', '^production'],
  cache: true,
};

/** A change in tests, and in the generated reference of the API, rebuilds nothing. */
const production = ['default', '!{projectRoot}/test/**', '!{projectRoot}/API.md'];

/**
 * Configuration of nx: the order of the targets, and what each result depends on.
 *
 * Inputs always name `default` or `production`, and the same of the dependencies: without them, nx would serve a stale
 * bundle after an edit in core.
 */
export const nxConfig = {
  namedInputs: {
    default: ['{projectRoot}/**/*', '!{projectRoot}/.projen/**', 'sharedGlobals'],
    production,
    sharedGlobals: ['{workspaceRoot}/tsconfig.base.json', '{workspaceRoot}/projenrc/*', { runtime: 'node --version' }],
  },
  targetDefaults: {
    compile: {
      dependsOn: ['^compile'],
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/lib', '{projectRoot}/.jsii', '{projectRoot}/tsconfig.tsbuildinfo'],
      cache: true,
    },
    bundle: {
      dependsOn: ['^bundle'],
      inputs: ['production', '^production', { dependentTasksOutputFiles: '**/dist/*.js*' }],
      outputs: [
        '{projectRoot}/dist/index.js',
        '{projectRoot}/dist/meta.json',
        '{projectRoot}/assets',
        '{projectRoot}/THIRD-PARTY-LICENSES',
      ],
      cache: true,
    },
    docgen: {
      dependsOn: ['compile'],
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/API.md'],
      cache: true,
    },
    typecheck: {
      dependsOn: ['compile', '^compile'],
      inputs: ['default', '^production'],
      cache: true,
    },
    lint: { inputs: ['default', '{workspaceRoot}/biome.json'], cache: true },
    // Tests run from the sources; compiling everything would take as long as they do.
    test: {
      dependsOn: ['bundle', '^bundle'],
      inputs: ['default', '^production'],
      cache: true,
    },
    ...Object.fromEntries(DEEP_TARGETS.map((target) => [target, deepTests])),
    package: {
      dependsOn: ['compile', 'bundle'],
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/dist/js'],
      cache: true,
    },
    'package-all': { dependsOn: ['compile', 'bundle'], cache: false },
    'synth-examples': { dependsOn: ['package-all'], cache: false },
    // Depends on the registry.
    compat: { dependsOn: ['compile'], cache: false },
    demo: { dependsOn: ['compile', '^bundle'], cache: false },
  },
  // Two projects at a time, each with half of the cores for Jest.
  parallel: 2,
  cacheDirectory: '.nx/cache',
  analytics: false,
  neverConnectToCloud: true,
  useDaemonProcess: false,
  tui: { enabled: false },
};
