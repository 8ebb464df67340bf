import { requiresEvaluator } from '../../src';
import type { AccessRequest } from '../../src/iam/access-request';
import { evaluate } from '../../src/iam/evaluate';
import type { PolicyDocument, Statement } from '../../src/iam/policy-document';

const OBJECT = 'arn:aws:s3:::archive/a';
const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:PutObject',
  Resource: OBJECT,
  ...more,
});

/** Creates the request of a role in account 111111111111 to put an object into a bucket. */
function createPut(identity: Statement[], bucket?: Statement[], owner = '111111111111', context = {}): AccessRequest {
  const policies = identity.length === 0 ? [] : [{ logicalId: 'Policy', document: policy(...identity) }];
  return {
    principal: { arn: 'arn:aws:iam::111111111111:role/Writer', policies },
    ...{ action: 's3:PutObject', resource: OBJECT, owner, context },
    resourcePolicy: bucket && policy(...bucket),
  };
}

const fromAccount = allow({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } });
const OTHER = '222222222222';

requiresEvaluator(it).each<[string, AccessRequest, string]>([
  ['allows a role in its own account', createPut([allow()]), 'ALLOWED'],
  ['denies a role without a policy', createPut([]), 'because no identity-based policy allows the s3:PutObject action'],
  [
    'denies a role that its policy denies',
    createPut([allow(), allow({ Effect: 'Deny' })]),
    'with an explicit deny in an identity-based policy',
  ],
  [
    'denies a role that the bucket policy denies',
    createPut([allow()], [allow({ Effect: 'Deny', Principal: '*' })]),
    'with an explicit deny in a resource-based policy',
  ],
  ['allows a role in another account if both policies allow it', createPut([allow()], [fromAccount], OTHER), 'ALLOWED'],
  [
    'denies a role in another account if only its own policy allows it',
    createPut([allow()], [allow({ Principal: { Service: 'logs.amazonaws.com' } })], OTHER),
    'because no resource-based policy allows the s3:PutObject action',
  ],
  [
    'denies a role in another account if only the bucket policy allows it',
    createPut([], [fromAccount], OTHER),
    'because no identity-based policy allows the s3:PutObject action',
  ],
  [
    'denies a role in an account other than that in its s3:ResourceAccount condition',
    createPut([allow({ Condition: { StringEquals: { 's3:ResourceAccount': '111111111111' } } })], [fromAccount], OTHER),
    'because no identity-based policy allows the s3:PutObject action',
  ],
  [
    'denies a role in the account of its s3:ResourceAccount condition without a bucket policy',
    createPut(
      [allow({ Condition: { StringEquals: { 's3:ResourceAccount': OTHER } } })],
      [allow({ Principal: { Service: 'logs.amazonaws.com' } })],
      OTHER,
    ),
    'because no resource-based policy allows the s3:PutObject action',
  ],
  [
    'denies a role of another account on a public bucket, because of Block Public Access',
    createPut([allow()], [allow({ Principal: '*' })], OTHER),
    'with an explicit deny in a resource-based policy',
  ],
  [
    'denies plain HTTP if the policy requires TLS',
    createPut([allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], undefined, undefined, {
      'aws:SecureTransport': 'false',
    }),
    'because no identity-based policy allows the s3:PutObject action',
  ],
])('%s', (_, request, decision) => {
  expect(evaluate(request)).toBe(decision);
});

requiresEvaluator(it)('rejects a policy that AWS does not accept', () => {
  const wrong = allow({ Effect: 'Permit' as 'Allow' });
  expect(() => evaluate(createPut([wrong]))).toThrow(
    'Policy must be a policy that AWS accepts, got an error at Statement[0].Effect',
  );
});
