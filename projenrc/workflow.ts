import { DEEP_TARGETS } from './nx';

const checkout = { uses: 'actions/checkout@v5', with: { 'fetch-depth': 0, 'persist-credentials': false } };
/** Steps that install Node and the locked dependencies. No package may ask for a newer Node. */
export const installWith = (node: number | string, isStrict: boolean | string = true) => [
  { uses: 'actions/setup-node@v5', with: { 'node-version': node, cache: 'npm' } },
  { run: `npm ci --engine-strict=${isStrict}` },
];
// Two packages of the tests declare Node 22 (docs/adr/0039-node-22-for-contributors.md).
const install = [checkout, ...installWith('${{ matrix.node }}', '${{ matrix.node != 20 }}')];
/** Steps that install the tools of every language but Node. */
export const languageTools = [
  { uses: 'actions/setup-python@v6', with: { 'python-version': '3.12' } },
  { uses: 'actions/setup-java@v5', with: { distribution: 'temurin', 'java-version': '17' } },
  { uses: 'actions/setup-go@v6', with: { 'go-version': 'stable' } },
  { uses: 'actions/setup-dotnet@v5', with: { 'dotnet-version': '8.x' } },
];
const strategy = { 'fail-fast': false, matrix: { node: [20, 22, 24] } };

/**
 * Pull requests run what they affect, and main runs everything, on every supported version of Node. Both pack for every
 * language.
 */
export const workflow = {
  name: 'ci',
  on: { pull_request: {}, push: { branches: ['main'] } },
  permissions: { contents: 'read' },
  concurrency: { group: '${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': true },
  jobs: {
    affected: {
      if: "github.event_name == 'pull_request'",
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 30,
      strategy,
      env: { NX_BASE: '${{ github.event.pull_request.base.sha }}', NX_HEAD: 'HEAD' },
      steps: [
        ...install,
        { run: 'npx nx affected -t lint typecheck test' },
        { run: `npx nx affected -t ${DEEP_TARGETS.join(' ')}` },
      ],
    },
    // Not in `build`: Go alone compiles for two minutes.
    languages: {
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 30,
      steps: [
        checkout,
        ...installWith(22),
        ...languageTools,
        { run: 'npx projen actionlint' },
        { run: 'npx nx run cdk-log-archiver:compat' },
        { run: 'npx nx run cdk-log-archiver:synth-examples --all' },
      ],
    },
    everything: {
      if: "github.event_name == 'push'",
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 30,
      strategy,
      steps: [
        ...install,
        { run: 'npx projen build' },
        { name: 'Nothing generated is out of date', run: 'git diff --exit-code' },
      ],
    },
  },
};
