import { version } from 'aws-cdk-lib/package.json';
import { validateCdkVersion } from '../../../src/private/nag/acknowledge-findings';
import { newArchiver, newStack } from '../../archiver-stack';

/** Returns the message of the error that a function throws. */
function findError(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

// 2.251 has no acknowledgements. From 2.252 to 2.268, the CDK rejects an ID with an ARN such as arn:aws:s3:::….
it.each([
  ['2.224.0', false],
  ['2.251.0', false],
  ['2.252.0', false],
  ['2.268.0', false],
  ['2.269.0', true],
  ['2.1000.0', true],
  ['3.0.0', true],
])('requires a CDK that accepts the IDs of all findings: %s', (version, isAccepted) => {
  const message = `aws-cdk-lib must be 2.269.0 or newer to acknowledge findings of cdk-nag 3, got ${version}`;
  expect(findError(() => validateCdkVersion(version))).toBe(isAccepted ? undefined : message);
});

// The same test runs with the oldest and with the newest CDK.
it('checks the version of the CDK first', () => {
  const expected = findError(() => validateCdkVersion(version));
  const archiver = newArchiver(newStack());
  expect(findError(() => archiver.acknowledgeNagFindings())).toBe(expected);
  const metadata = archiver.node.findAll().flatMap(({ node }) => node.metadata);
  expect(metadata.some(({ type }) => type === 'aws:cdk:acknowledged-rules')).toBe(expected === undefined);
});
