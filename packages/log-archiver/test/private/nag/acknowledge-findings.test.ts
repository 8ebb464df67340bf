import * as cdk from 'aws-cdk-lib';
import { version } from 'aws-cdk-lib/package.json';
import { newArchiver, newStack } from '../../archiver-stack';

function acknowledge(): string | undefined {
  try {
    newArchiver(newStack()).acknowledgeNagFindings();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

// The same test runs with the oldest and with the newest CDK.
it('throws with a CDK that has no acknowledgements', () => {
  const message = `aws-cdk-lib must be 2.251.0 or newer to acknowledge findings of cdk-nag 3, got ${version}`;
  expect(acknowledge()).toBe('Validations' in cdk ? undefined : message);
});
