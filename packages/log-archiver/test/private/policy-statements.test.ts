import { NestedStack, type Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getWarnings, newArchiver, newStack, TOKYO } from '../archiver-stack';

const KEYS = [1, 2, 3].map((digit) => `${digit}2345678-1234-1234-1234-123456789012`);

/** Returns the warnings of an archiver with an imported bucket, key and topic. */
function printAll(stack: Stack, region = TOKYO.region): string[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${TOKYO.account}:${resource}`;
  const masterKeyArn = arn('kms', `key/${KEYS[1]}`);
  newArchiver(stack, {
    bucket: Bucket.fromBucketAttributes(stack, 'Bucket', {
      bucketName: 'archive',
      account: '999999999999',
      encryptionKey: Key.fromKeyArn(stack, 'BucketKey', `arn:aws:kms:${region}:999999999999:key/${KEYS[0]}`),
    }),
    encryptionKey: Key.fromKeyArn(stack, 'Key', masterKeyArn),
    notificationTopic: Topic.fromTopicAttributes(stack, 'Topic', {
      topicArn: arn('sns', 'operators'),
      keyArn: arn('kms', `key/${KEYS[2]}`),
    }),
  });
  return getWarnings(stack).map(([, text]) => text);
}

describe('printed statements', () => {
  it('name the resource and its account', () => {
    const places = printAll(newStack({ env: TOKYO })).map(
      (text) => /Add to the policy of (\S+ in account \d+):/.exec(text)?.[1],
    );
    expect(places.sort()).toEqual([
      `arn:aws:kms:ap-northeast-1:123456789012:key/${KEYS[1]} in account 123456789012`,
      `arn:aws:kms:ap-northeast-1:123456789012:key/${KEYS[2]} in account 123456789012`,
      `arn:aws:kms:ap-northeast-1:999999999999:key/${KEYS[0]} in account 999999999999`,
      'arn:aws:s3:::archive in account 999999999999',
      'arn:aws:sns:ap-northeast-1:123456789012:operators in account 123456789012',
    ]);
  });

  it.each([
    [undefined, 'Stack'],
    ['Deployed', 'Deployed'],
  ])('can be pasted as they are, with the stack name %p', (stackName, printed) => {
    const warnings = printAll(newStack({ env: TOKYO, stackName }));
    expect(warnings.filter((text) => /\$\{(AWS::|Token)|Fn::|ACCOUNT_ID|REGION/.test(text))).toEqual([]);
    expect(warnings.join()).toContain(`:log-group:${printed}-ArchiverPlanArchiveLogGroup`);
    for (const text of warnings) {
      const statements = JSON.parse(text.slice(text.indexOf('[\n'), text.lastIndexOf(' [ack:')));
      expect(statements).toEqual(expect.arrayContaining([expect.objectContaining({ Effect: 'Allow' })]));
    }
  });

  it.each([
    ['cn-north-1', 'arn:aws-cn:s3:::archive', 'logs.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'arn:aws-us-gov:s3:::archive', 'logs.us-gov-west-1.amazonaws.com'],
    ['ap-northeast-1', 'arn:aws:s3:::archive', 'logs.ap-northeast-1.amazonaws.com'],
  ])('have the partition of %s', (region, arn, principal) => {
    const printed = printAll(newStack({ env: { ...TOKYO, region } }), region).join();
    expect(printed).toContain(`"Resource": "${arn}"`);
    expect(printed).toContain(`"Service": "${principal}"`);
  });

  it('have placeholders for account and Region in an environment-agnostic stack, and say so', () => {
    const stack = newStack();
    newArchiver(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'archive') });
    const [[, text]] = getWarnings(stack);
    expect(text).toContain(
      'Add to the policy of arn:aws:s3:::archive in account ACCOUNT_ID; replace ACCOUNT_ID and REGION:\n',
    );
    expect(text).toContain('"aws:SourceArn": "arn:aws:logs:REGION:ACCOUNT_ID:log-group:*"');
    expect(text).not.toContain('${');
  });

  it('have a pattern for the name of a nested stack', () => {
    const parent = newStack({ env: TOKYO });
    const nested = new NestedStack(parent, 'Nested');
    const keyArn = `arn:aws:kms:${TOKYO.region}:${TOKYO.account}:key/${KEYS[0]}`;
    newArchiver(nested, { encryptionKey: Key.fromKeyArn(nested, 'Key', keyArn) });
    const printed = getWarnings(parent).map(([, text]) => text);
    expect(printed.join()).toMatch(/:log-group:\*-ArchiverPlanArchiveLogGroup/);
  });
});
