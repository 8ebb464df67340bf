import { printReference } from '../../../src/private/nag/print-reference';

it.each<[string, unknown, string]>([
  ['a string', 'arn:aws:s3:::logs/*', 'arn:aws:s3:::logs/*'],
  ['a policy variable', '${aws:PrincipalAccount}/*', '<aws:PrincipalAccount>/*'],
  ['a reference', { Ref: 'AWS::Partition' }, '<AWS::Partition>'],
  ['an attribute', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, '<Bucket.Arn>'],
  ['parts', { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '20??', '*']] }, '<Bucket.Arn>/20??/*'],
  ['an import', { 'Fn::ImportValue': 'Owner:ExportsOutputBucket' }, 'Owner:ExportsOutputBucket'],
  ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::logs' }, 'arn:<AWS::Partition>:s3:::logs'],
  ['another function', { 'Fn::Select': [6, 'a'] }, '{"Fn::Select":[6,"a"]}'],
])('prints %s like cdk-nag', (_, value, printed) => {
  expect(printReference(value)).toBe(printed);
});
