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

/** A role of account 1 puts an object into a bucket of an account. */
function put(identity: Statement[], bucket?: Statement[], owner = '111111111111', context = {}): AccessRequest {
  const policies = identity.length === 0 ? [] : [{ logicalId: 'Policy', document: policy(...identity) }];
  return {
    principal: { arn: 'arn:aws:iam::111111111111:role/Writer', policies },
    ...{ action: 's3:PutObject', resource: OBJECT, owner, context },
    resourcePolicy: bucket && policy(...bucket),
  };
}

const fromAccount = allow({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } });
const OTHER = '222222222222';

it.each<[string, AccessRequest, string]>([
  ['by its role, in its account', put([allow()]), 'ALLOWED'],
  ['by nobody', put([]), 'because no identity-based policy allows the s3:PutObject action'],
  ['against its role', put([allow(), allow({ Effect: 'Deny' })]), 'with an explicit deny in an identity-based policy'],
  [
    'against the bucket',
    put([allow()], [allow({ Effect: 'Deny', Principal: '*' })]),
    'with an explicit deny in a resource-based policy',
  ],
  ['by both, in another account', put([allow()], [fromAccount], OTHER), 'ALLOWED'],
  [
    'by the role alone, in another account',
    put([allow()], [allow({ Principal: { Service: 'logs.amazonaws.com' } })], OTHER),
    'because no resource-based policy allows the s3:PutObject action',
  ],
  [
    'by the bucket alone, in another account',
    put([], [fromAccount], OTHER),
    'because no identity-based policy allows the s3:PutObject action',
  ],
  [
    'by both, in another account than the role is limited to',
    put([allow({ Condition: { StringEquals: { 's3:ResourceAccount': '111111111111' } } })], [fromAccount], OTHER),
    'because no identity-based policy allows the s3:PutObject action',
  ],
  [
    'by the role alone, in the other account that it is limited to',
    put(
      [allow({ Condition: { StringEquals: { 's3:ResourceAccount': OTHER } } })],
      [allow({ Principal: { Service: 'logs.amazonaws.com' } })],
      OTHER,
    ),
    'because no resource-based policy allows the s3:PutObject action',
  ],
  [
    'by a bucket that is public, which Block Public Access shuts to other accounts',
    put([allow()], [allow({ Principal: '*' })], OTHER),
    'with an explicit deny in a resource-based policy',
  ],
  [
    'over plain HTTP, where TLS is asked for',
    put([allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], undefined, undefined, {
      'aws:SecureTransport': 'false',
    }),
    'because no identity-based policy allows the s3:PutObject action',
  ],
])('writing %s', (_, request, decision) => {
  expect(evaluate(request)).toBe(decision);
});

it('takes no policy that AWS would not take', () => {
  const wrong = allow({ Effect: 'Permit' as 'Allow' });
  expect(() => evaluate(put([wrong]))).toThrow('AWS would not take Policy: Statement[0].Effect');
});
