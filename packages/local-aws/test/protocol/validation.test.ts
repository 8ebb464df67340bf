import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsError } from '../../src';
import { localAwsOnDisk } from '../local-aws-on-disk';
import { closeServers, servedLocalAws } from '../served-local-aws';

afterEach(closeServers);

function callAndCatch(operation: string, input: object): AwsError | undefined {
  try {
    localAwsOnDisk().aws.logs.call(operation, input);
    return undefined;
  } catch (error) {
    return error as AwsError;
  }
}

describe('validate', () => {
  const name = 'a'.repeat(513);
  it.each([
    [
      'CreateExportTask',
      { logGroupName: '/shop', from: 0, to: null },
      "2 validation errors detected: Value null at 'to' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'destination' failed to satisfy constraint: Member must not be null",
    ],
    [
      'CreateLogGroup',
      { logGroupName: name },
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: ` +
        'Member must have length less than or equal to 512',
    ],
    [
      'CreateLogGroup',
      { logGroupName: '/a b' },
      "1 validation error detected: Value '/a b' at 'logGroupName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
    ],
    [
      'DescribeLogStreams',
      { logGroupIdentifier: 'arn:aws:logs:eu-west-1:123456789012:log-group:a:*' },
      "1 validation error detected: Value at 'logGroupIdentifier' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\w#+=/:,.@-]*',
    ],
    [
      'DescribeExportTasks',
      { statusCode: 'DONE' },
      "1 validation error detected: Value 'DONE' at 'statusCode' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [CANCELLED, COMPLETED, FAILED, PENDING, PENDING_CANCEL, RUNNING]',
    ],
    [
      'DescribeLogGroups',
      { limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: " +
        'Member must have value greater than or equal to 1',
    ],
    [
      'PutLogEvents',
      { logGroupName: '/shop', logStreamName: 'web', logEvents: [{ timestamp: 0, message: 'x' }, { timestamp: -1 }] },
      "2 validation errors detected: Value '-1' at 'logEvents.2.member.timestamp' failed to satisfy constraint: " +
        "Member must have value greater than or equal to 0; Value null at 'logEvents.2.member.message' failed to " +
        'satisfy constraint: Member must not be null',
    ],
  ])('rejects an input of %s, and lists all violations', (operation, input, message) => {
    expect(callAndCatch(operation, input)).toMatchObject({
      name: 'InvalidParameterException',
      message,
      statusCode: 400,
    });
  });

  it.each([
    [{ limit: '5' }, 'STRING_VALUE cannot be converted to Long'],
    [{ limit: 1.5 }, 'DECIMAL_VALUE cannot be converted to Long'],
    [{ nextToken: 5 }, 'NUMBER_VALUE cannot be converted to String'],
    [{ nextToken: [] }, 'Start of list found where not expected'],
    [{ nextToken: {} }, 'Start of structure or map found where not expected.'],
  ])('rejects a wrong type, such as %j, with a SerializationException', (input, message) => {
    expect(callAndCatch('DescribeLogGroups', input)).toMatchObject({ name: 'SerializationException', message });
  });

  it('accepts nulls and unknown fields', () => {
    expect(callAndCatch('DescribeLogGroups', { limit: null, nextToken: null, more: 1 })).toBeUndefined();
  });
});

describe('a log group', () => {
  it('rejects a name that AWS reserves', async () => {
    const { client } = await servedLocalAws();
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: 'aws/shop' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Log groups starting with AWS/ are reserved for AWS.',
    });
  });

  it('rejects a retention that AWS does not offer', async () => {
    const { client } = await servedLocalAws();
    await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
    await expect(
      client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 8 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
