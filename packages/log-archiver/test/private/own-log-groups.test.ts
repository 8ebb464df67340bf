import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { LogArchiverProps } from '../../src';
import { getResources, newArchiver, newStack } from '../archiver-stack';

/** Returns the retention and the deletion policy of the archiver's own log groups, without repetitions. */
function findOwnLogGroups(props: LogArchiverProps) {
  const stack = newStack();
  newArchiver(stack, props);
  const logGroups = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  expect(logGroups).toHaveLength(5);
  const policies = logGroups.map((each) => (each as unknown as Record<string, string>).DeletionPolicy);
  return {
    retentions: [...new Set(logGroups.map(({ Properties }) => Properties?.RetentionInDays))],
    // In the order of creation: those of the functions, then the one of the state machine.
    policies: [...new Set(policies)],
  };
}

describe('the log groups of the archiver', () => {
  it('keep logs for a month, and are retained except the one of the state machine, by default', () => {
    expect(findOwnLogGroups({})).toEqual({ retentions: [30], policies: ['Retain', 'Delete'] });
  });

  it.each([
    [RetentionDays.ONE_DAY, 1],
    [RetentionDays.TEN_YEARS, 3_653],
    [RetentionDays.INFINITE, undefined],
  ])('all have the logRetention %d', (logRetention, days) => {
    expect(findOwnLogGroups({ logRetention }).retentions).toEqual([days]);
  });

  it.each([
    [RemovalPolicy.DESTROY, 'Delete'],
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
  ])('all have the logRemovalPolicy %s', (logRemovalPolicy, policy) => {
    expect(findOwnLogGroups({ logRemovalPolicy }).policies).toEqual([policy]);
  });
});

describe('logRetention', () => {
  it.each([0, 31, -1, 1.5, Number.NaN])('rejects %d', (logRetention) => {
    expect(() => newArchiver(newStack(), { logRetention })).toThrow(
      new Error(
        'logRetention must be a value of RetentionDays (one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, ' +
          `731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, 9999), got ${logRetention}`,
      ),
    );
  });

  it('accepts a parameter of the stack', () => {
    const stack = newStack();
    const logRetention = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    newArchiver(stack, { logRetention });
    const logGroups = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(logGroups.map(({ Properties }) => Properties)).toContainEqual({ RetentionInDays: { Ref: 'Days' } });
  });
});

it.each([RemovalPolicy.SNAPSHOT, 'keep', ''])('rejects the logRemovalPolicy %p', (logRemovalPolicy) => {
  expect(() => newArchiver(newStack(), { logRemovalPolicy: logRemovalPolicy as RemovalPolicy })).toThrow(
    new Error(
      `logRemovalPolicy must be one of destroy, retain, retain-on-update-or-delete, got ${JSON.stringify(logRemovalPolicy)}`,
    ),
  );
});
