// Compares the API of a jsii package with its last release on npm, and fails if a program that uses the release would not
// compile any more.
//
// usage: node compare-api.mjs [RELEASE]
//
// Run it in the folder of the compiled package. RELEASE is a folder or `npm:NAME@VERSION`, by default the latest on npm.
// Changes whose keys are in `.compatignore` are accepted.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const [release = findRelease()] = process.argv.slice(2);
if (release === undefined) {
  console.log(`NOT COMPARED: ${name} is not on npm yet`);
} else {
  const options = ['--error-on', 'all', '--keys', '--ignore-file', '.compatignore'];
  const { status, error, stdout, stderr } = spawnSync('jsii-diff', [release, '.', ...options], { encoding: 'utf8' });
  const output = `${stdout}${stderr}`;
  process.stdout.write(output);
  // jsii-diff exits with 0 if it cannot load the release.
  if (error || output.includes('Skipping analysis')) {
    throw error ?? new Error(`jsii-diff must load ${release}, got ${output}`);
  }
  console.log(
    status === 0
      ? `compatible with ${release}`
      : `not compatible with ${release}; to accept a change, add its key (in brackets) to .compatignore as a line`,
  );
  process.exitCode = status === 0 ? 0 : 1;
}

/** Returns the latest release; undefined if the registry does not know the package. Any other answer is an error. */
function findRelease() {
  const { stdout, stderr } = spawnSync('npm', ['view', name, 'version', '--json'], { encoding: 'utf8' });
  const answer = JSON.parse(stdout || 'null');
  if (typeof answer === 'string') {
    return `npm:${name}@${answer}`;
  }
  if (answer?.error?.code === 'E404') {
    return undefined;
  }
  throw new Error(`npm must return the version of ${name}, got ${stdout}${stderr}`);
}
