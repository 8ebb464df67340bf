import { CfnParameter } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogGroupSelection } from '../../src';
import { importLogGroups, newArchiver, newStack } from '../archiver-stack';

const RULE = 'logGroupName must be 1 to 512 letters, digits, and . - _ / #';
const BY_PREFIX = '; to archive all log groups with a prefix, use LogGroupSelection.byPrefix';
const ARN = 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app/orders';

const INVALID: [name: string, message: string][] = [
  ['', `${RULE}, got ""`],
  ['my group!', `${RULE}, got "my group!"`],
  ['/app/注文', `${RULE}, got "/app/注文"`],
  ['x'.repeat(513), `${RULE}, got "${'x'.repeat(513)}"`],
  ['/aws/lambda/*', `${RULE}, got "/aws/lambda/*"${BY_PREFIX}`],
  ['*', `${RULE}, got "*"${BY_PREFIX}`],
  [ARN, `logGroupName must be a name, not an ARN, got "${ARN}"; pass "/app/orders", or use LogGroup.fromLogGroupArn`],
];

describe('the name of a log group', () => {
  it.each(INVALID)('%p is rejected in logGroups', (name, message) => {
    const stack = newStack();
    expect(() => newArchiver(stack, { logGroups: importLogGroups(stack, name) })).toThrow(new Error(message));
  });

  it.each(INVALID)('%p is rejected by addLogGroup', (name, message) => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    expect(() => archiver.addLogGroup(importLogGroups(stack, name)[0])).toThrow(new Error(message));
  });

  it.each(INVALID)('%p is rejected in a selection and in an exclusion', (name, message) => {
    const logGroups = importLogGroups(newStack(), name);
    expect(() => LogGroupSelection.fromLogGroups(...logGroups)).toThrow(new Error(message));
  });

  it('is rejected in a log group of the app', () => {
    const stack = newStack();
    const logGroup = new LogGroup(stack, 'Own', { logGroupName: 'my group!' });
    expect(() => newArchiver(stack, { logGroups: [logGroup] })).toThrow(new Error(`${RULE}, got "my group!"`));
  });

  it.each(['x'.repeat(512), '.-_/#Az09', '/aws/lambda/a'])('%p is accepted', (name) => {
    const stack = newStack();
    expect(() => newArchiver(stack, { logGroups: importLogGroups(stack, name) })).not.toThrow();
  });

  it('is accepted if it is a token, or contains one', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Name').valueAsString;
    expect(() =>
      newArchiver(stack, { logGroups: importLogGroups(stack, parameter, `/app/${parameter}!`) }),
    ).not.toThrow();
  });

  it('is the one in the ARN of an imported log group', () => {
    const stack = newStack();
    expect(() => newArchiver(stack, { logGroups: [LogGroup.fromLogGroupArn(stack, 'Own', `${ARN}:*`)] })).not.toThrow();
  });
});
