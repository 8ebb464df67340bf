import { cutSocket, LocalAws, refuses, unavailable, unresolvedName } from '@log-archiver/local-aws';
import { NOW } from '../archive';
import { runCli } from '../run-cli';

const ARGS = ['status', '--bucket', 'archive'];

function createAws(): LocalAws {
  const aws = new LocalAws({ now: NOW });
  aws.buckets.createBucket('archive');
  return aws;
}

describe('an error of AWS', () => {
  test.each<[string, Parameters<LocalAws['faults']['inject']>[0], string]>([
    [
      'denies an action without naming it',
      refuses('AccessDenied', 'Access Denied'),
      'access denied: the credentials do not allow s3:ListBucket on arn:aws:s3:::archive (or kms:Decrypt on the key of the bucket)',
    ],
    [
      'names the denied action',
      refuses(
        'AccessDenied',
        'User: arn:aws:iam::123456789012:user/a is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::archive" because no identity-based policy allows the s3:ListBucket action',
      ),
      'access denied: the credentials do not allow s3:ListBucket on arn:aws:s3:::archive',
    ],
    [
      'rejects the credentials',
      refuses('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'),
      'AWS rejected the credentials with InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.',
    ],
    ['is unknown', refuses('Strange', 'something\n strange'), 'ListObjectsV2 failed with Strange: something strange'],
    ['is a broken connection', cutSocket, 'cannot connect to AWS: socket hang up'],
    [
      'is an unknown host',
      unresolvedName,
      'cannot connect to AWS: getaddrinfo ENOTFOUND logs.ap-northeast-1.amazonaws.com',
    ],
  ])('that %s is one line', async (_, fault, message) => {
    const aws = createAws();
    aws.faults.inject(fault);
    expect(await runCli(ARGS, aws)).toEqual({ exitCode: 2, stdout: '', stderr: `error: ${message}\n` });
  });

  test('that is temporary is retried', async () => {
    const aws = createAws();
    aws.faults.inject(unavailable, { on: 'FIRST_TWO_ATTEMPTS' });
    const { stderr } = await runCli(ARGS, aws);
    expect(stderr).toContain('--bucket must contain an archive');
  });

  test('names the bucket that does not exist', async () => {
    expect(await runCli(['status', '--bucket', 'unknown-bucket'], createAws())).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: --bucket must be an existing bucket, got "unknown-bucket"\n',
    });
  });

  test('names missing credentials', async () => {
    const clientConfig = {
      ...createAws().clientConfig,
      credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
    };
    expect(await runCli(ARGS, undefined, { clientConfig })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: no AWS credentials: none; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass --profile\n',
    });
  });
});
