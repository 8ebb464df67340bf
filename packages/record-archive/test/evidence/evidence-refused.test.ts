import { askAbout } from '../../src/evidence/evidence-refused';

const failWith = (name: string) => () => Promise.reject(Object.assign(new Error('No.'), { name }));

it('returns the response', async () => {
  expect(await askAbout('/app/web', async () => 'response')).toBe('response');
});

it.each([
  'AccessDeniedException',
  'InvalidOperationException',
  'InvalidParameterException',
  'MalformedQueryException',
  'KMSDisabledException',
  'KMS.DisabledException',
])('throws EvidenceRefused with the message of AWS after %s', async (name) => {
  await expect(askAbout('/app/web', failWith(name))).rejects.toMatchObject({
    name: 'EvidenceRefused',
    message: `CloudWatch Logs refused to search log group /app/web: ${name}: No.`,
  });
});

it('throws LogGroupNotFound after ResourceNotFoundException', async () => {
  await expect(askAbout('/app/web', failWith('ResourceNotFoundException'))).rejects.toMatchObject({
    name: 'LogGroupNotFound',
    message: 'log group /app/web does not exist',
  });
});

it.each(['ThrottlingException', 'LimitExceededException', 'ServiceUnavailableException', 'Error'])(
  'rethrows %s, which a retry may fix',
  async (name) => {
    await expect(askAbout('/app/web', failWith(name))).rejects.toMatchObject({ name, message: 'No.' });
  },
);
