import { DEEP_TARGETS } from './nx';

const install = [
  { uses: 'actions/checkout@v5', with: { 'fetch-depth': 0, 'persist-credentials': false } },
  { uses: 'actions/setup-node@v5', with: { 'node-version': '${{ matrix.node }}', cache: 'npm' } },
  { run: 'npm ci' },
];
const strategy = { 'fail-fast': false, matrix: { node: [20, 22, 24] } };

/** Pull requests run what they affect, and main runs everything, on every supported version of Node. */
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
