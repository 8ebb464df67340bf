import type { Stack } from 'aws-cdk-lib';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { getResources, importLogGroups, newArchiver, newStack, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import { getRoles, getStatements, type Statement, toList } from '../../policies';

const MINIMIZE = '@aws-cdk/aws-iam:minimizePolicies';
/** Start of the ARN of a log group, with the longest possible values. */
export const ARN_START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:';
/** Actions that an archiver's roles have on its log groups. */
export const ACTIONS = [
  'logs:CreateExportTask',
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:StartQuery',
  'logs:GetQueryResults',
];

/** Number of log groups, environment and feature flags of a stack. */
export interface PolicyCase {
  readonly count: number;
  readonly env: typeof TOKYO | undefined;
  readonly context: Record<string, unknown>;
}

const FLAGS: Record<string, unknown>[] = [{}, { [MINIMIZE]: false }, { [MINIMIZE]: true }, recommendedFeatureFlags];

export const POLICY_CASES: PolicyCase[] = [1, 50, 100].flatMap((count) =>
  [undefined, TOKYO].flatMap((env) => FLAGS.map((context) => ({ count, env, context }))),
);

/** Returns different names of log groups. */
export function createNames(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, i) => `/${String(i).padStart(3, '0')}${'x'.repeat(length - 4)}`);
}

/** Returns the statements that allow the action. */
export function findStatements(stack: Stack, action: string): Statement[] {
  return getStatements(stack).filter(({ Action }) => toList(Action).includes(action));
}

/** Returns the ARNs that each of the actions is allowed on. */
export function getArchivableArns(stack: Stack): string[] {
  const [exported, ...recorded] = ACTIONS.map((action) =>
    findStatements(stack, action).flatMap(({ Resource }) => toList(Resource)),
  );
  expect(recorded).toEqual(recorded.map(() => exported));
  return exported;
}

/** Expects all policies to be within the quotas of IAM and S3. */
export function expectPoliciesWithinQuotas(stack: Stack) {
  for (const [id, { trust, inline, managed }] of Object.entries(getRoles(stack))) {
    expect([id, 'trust', sumCharacters(trust) <= 2_048]).toEqual([id, 'trust', true]);
    expect([id, 'inline', sumCharacters(...inline) <= 10_240]).toEqual([id, 'inline', true]);
    expect([id, 'managed policies', managed.length <= 10]).toEqual([id, 'managed policies', true]);
    expect(managed.map(countCharacters).filter((each) => each > 6_144)).toEqual([]);
  }
  const resources = getResources(stack);
  const bucketPolicies = Object.values(resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  const sizes = bucketPolicies.map(({ Properties }) =>
    countCharacters(withLongestValues(Properties.PolicyDocument, resources)),
  );
  expect(sizes).toEqual([expect.any(Number)]);
  expect(sizes[0]).toBeLessThanOrEqual(20 * 1_024);
  const statements = ACTIONS.flatMap((action) => findStatements(stack, action));
  expect(statements.map(countCharacters).filter((each) => each > 4_000)).toEqual([]);
}

/** Expects the policies of so many log groups to be within the quotas, and to name each log group. */
export function expectPoliciesOfAll({ count, env, context }: PolicyCase) {
  const stack = newStack({ env }, context);
  const names = createNames(count, 50);
  newArchiver(stack, { logGroups: importLogGroups(stack, ...names) });
  expectPoliciesWithinQuotas(stack);
  const [starts, ends] = [0, 1].map((part) => getArchivableArns(stack).map((arn) => arn.split(':log-group:')[part]));
  expect(ends.sort()).toEqual(names.flatMap((name) => [name, `${name}:*`]).sort());
  const inTokyo = expect.stringMatching(/^arn:aws(-us-gov)?:logs:ap-northeast-1:123456789012$/);
  expect([...new Set(starts)]).toEqual([env ? inTokyo : ARN_START.replace(':log-group:', '')]);
}

function sumCharacters(...documents: unknown[]): number {
  return documents.reduce<number>((sum, each) => sum + countCharacters(each), 0);
}

function countCharacters(value: unknown): number {
  return JSON.stringify(value).length;
}
