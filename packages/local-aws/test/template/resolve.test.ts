import { resolve } from '../../src/template/resolve';

const references = {
  ref: (logicalId: string) => `<${logicalId}>`,
  getAtt: (logicalId: string, attribute: string) => `<${logicalId}.${attribute}>`,
};

describe('resolve', () => {
  it.each([
    [{ Ref: 'Bucket' }, '<Bucket>'],
    [{ 'Fn::GetAtt': ['Function', 'Arn'] }, '<Function.Arn>'],
    [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 's3']] }, 'arn:<AWS::Partition>:s3'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }] }] }, '<B>'],
    [
      { Name: { Ref: 'A' }, List: [{ Ref: 'B' }, 1, null] },
      { Name: '<A>', List: ['<B>', 1, null] },
    ],
  ])('resolves %j to %j', (part, expected) => {
    expect(resolve(part, references)).toEqual(expected);
  });

  it('rejects an unsupported intrinsic function', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, references)).toThrow(
      'unsupported intrinsic function Fn::Cidr; expected one of Ref, Fn::GetAtt, Fn::Join, Fn::Select, Fn::Split',
    );
  });
});
