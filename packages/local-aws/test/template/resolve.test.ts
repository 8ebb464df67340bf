import { resolve } from '../../src/template/resolve';

const references = {
  ref: (logicalId: string) => `<${logicalId}>`,
  getAtt: (logicalId: string, attribute: string) => `<${logicalId}.${attribute}>`,
};

describe('a part of a template', () => {
  it.each([
    [{ Ref: 'Bucket' }, '<Bucket>'],
    [{ 'Fn::GetAtt': ['Function', 'Arn'] }, '<Function.Arn>'],
    [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 's3']] }, 'arn:<AWS::Partition>:s3'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }] }] }, '<B>'],
    [
      { Name: { Ref: 'A' }, List: [{ Ref: 'B' }, 1, null] },
      { Name: '<A>', List: ['<B>', 1, null] },
    ],
  ])('%j is %j', (part, expected) => {
    expect(resolve(part, references)).toEqual(expected);
  });

  it('with a function that is not known is refused', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, references)).toThrow(
      'local-aws does not know the intrinsic function Fn::Cidr',
    );
  });
});
