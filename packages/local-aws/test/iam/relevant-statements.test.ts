import type { PolicyDocument, Statement } from '../../src/iam/policy-document';
import { selectStatements } from '../../src/iam/relevant-statements';

const createStatement = (Sid: string, Action: Statement['Action'], Resource?: Statement['Resource']): Statement => ({
  ...{ Sid, Effect: 'Allow', Action },
  ...(Resource === undefined ? {} : { Resource }),
});

function select(action: string, resource: string, ...Statement: Statement[]): (string | undefined)[] {
  return selectStatements({ Statement }, { action, resource }).Statement.map(({ Sid }) => Sid);
}

const OTHER = createStatement('other', 'sqs:SendMessage', '*');

it.each<[string, Statement['Action'], Statement['Resource'], boolean]>([
  ['the same action and resource', 's3:PutObject', 'arn:aws:s3:::bucket/2026/a', true],
  ['the action in other letters', 'S3:putobject', 'arn:aws:s3:::bucket/2026/a', true],
  ['a pattern of the action', 's3:Put*', '*', true],
  ['one of several actions', ['s3:GetObject', 's3:PutObject'], '*', true],
  ['another action', 's3:PutObjectAcl', '*', false],
  ['a pattern of the resource', 's3:PutObject', 'arn:aws:s3:::bucket/20??/*', true],
  ['a policy variable', 's3:PutObject', 'arn:aws:s3:::bucket/${aws:PrincipalAccount}/*', true],
  ['one of several resources', 's3:PutObject', ['arn:aws:s3:::other/*', 'arn:aws:s3:::bucket/*'], true],
  ['another resource', 's3:PutObject', 'arn:aws:s3:::bucket/receipts/*', false],
  ['no resource', 's3:PutObject', undefined, true],
])('of a statement with %s, selects it or not', (_, action, resource, isSelected) => {
  const selected = select('s3:PutObject', 'arn:aws:s3:::bucket/2026/a', OTHER, createStatement('it', action, resource));
  expect(selected.includes('it')).toBe(isSelected);
});

it('keeps one statement of a policy that cannot match', () => {
  expect(select('s3:GetObject', 'arn:aws:s3:::bucket/a', OTHER, OTHER)).toEqual(['other']);
});

it('returns the same document for the same statements', () => {
  const document: PolicyDocument = { Statement: [OTHER, createStatement('it', 's3:*', '*')] };
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/a' };
  const selected = selectStatements(document, request);
  expect(selectStatements(document, { ...request, action: 's3:PutObject' })).toBe(selected);
  expect(selectStatements({ Statement: document.Statement.slice(1) }, request).Statement).toHaveLength(1);
});
