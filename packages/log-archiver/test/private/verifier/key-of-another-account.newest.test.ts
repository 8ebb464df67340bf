import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket } from '../../../src';
import { getResources, newApp, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import type { PolicyDocument } from '../../policies';
import { newVerifier } from '../../verifier-stack';

// An older CDK rejects a reference to a key of another account.
it('admits the roles of a verifier to the key of another account, although its account is no source account', () => {
  const app = newApp();
  const [keys, stack] = ['999999999999', TOKYO.account].map(
    (account) => new Stack(app, `In${account}`, { env: { account, region: TOKYO.region } }),
  );
  const archive = new ArchiveBucket(stack, 'Archive', {
    sourceAccounts: ['111111111111'],
    encryptionKey: new Key(keys, 'Key'),
  });
  newVerifier(stack, { bucket: archive.bucket });
  const resources = getResources(keys);
  const [{ KeyPolicy }] = Object.values(resources).map(({ Properties }) => Properties);
  const { Statement } = withLongestValues(KeyPolicy, resources) as PolicyDocument;
  const AWS = 'arn:aws-us-gov:iam::123456789012:root';
  const bucket = 'arn:aws-us-gov:s3:::log-archive-123456789012-ap-northeast-1';
  expect(Statement.filter(({ Principal }) => Principal?.AWS === AWS)).toEqual([
    {
      ...{ Effect: 'Allow', Principal: { AWS }, Resource: '*' },
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`] },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws-us-gov:iam::123456789012:role/log-archiver/*' },
      },
    },
  ]);
  expect(JSON.stringify(getResources(stack))).toContain(':kms:ap-northeast-1:999999999999:key/*');
});
