import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { newStack } from './archiver-stack';
import { KINDS_OF_STACKS } from './kinds-of-stacks';

/** Returns the rules of CloudFormation that the templates of a stack's app violate. */
function listViolations(stack: Stack): string[] {
  const { directory } = (stack.node.root as App).synth();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: { violations: { ruleName: string }[] }) =>
    violations.map(({ ruleName }) => ruleName),
  );
}

/** Returns the type of each resource of a stack's app, by stack and logical id. */
function listResources(stack: Stack): Record<string, string> {
  const { stacks } = (stack.node.root as App).synth();
  const resources = stacks.flatMap(({ stackName, template }) =>
    Object.entries<{ Type: string }>(template.Resources).map(([id, { Type }]) => [`${stackName} ${id}`, Type]),
  );
  // The bucket for access logs is the app's own: a flag gives it a policy.
  return Object.fromEntries(resources.filter(([id]) => !id.startsWith('Owner AccessLogs')));
}

it.each(KINDS_OF_STACKS)('has the same resources with all recommended feature flags as with none: %s', (_, create) => {
  expect(listResources(create(recommendedFeatureFlags))).toEqual(listResources(create()));
});

// The test task disables the validation, because it makes a synthesis five times slower.
describe('the validation of the CDK', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => {
    delete process.env.CDK_VALIDATION;
  });
  afterAll(() => {
    process.env.CDK_VALIDATION = CDK_VALIDATION;
  });

  it.each(KINDS_OF_STACKS)('finds nothing in the templates of %s', (_, create) => {
    expect(listViolations(create())).toEqual([]);
    expect(listViolations(create(recommendedFeatureFlags))).toEqual([]);
  });

  it('finds an invalid property', () => {
    // The CDK prints the violation.
    jest.spyOn(console, 'error').mockImplementation();
    const stack = newStack();
    new CfnBucket(stack, 'Bucket', { accelerateConfiguration: { accelerationStatus: 'Sometimes' } });
    expect(listViolations(stack)).not.toEqual([]);
  });
});
