import { type Binding, readBinding, validateBinding } from '../src/binding';

const BINDING: Binding = { s3BucketName: 'archive', account: '123456789012' };

it('reads the binding from its environment variables', () => {
  expect(readBinding({ ARCHIVE_BUCKET_NAME: 'archive', ARCHIVE_ACCOUNT: '123456789012', PATH: '/bin' })).toEqual(
    BINDING,
  );
});

it.each([
  ['ARCHIVE_BUCKET_NAME', {}],
  ['ARCHIVE_BUCKET_NAME', { ARCHIVE_BUCKET_NAME: '', ARCHIVE_ACCOUNT: '123456789012' }],
  ['ARCHIVE_ACCOUNT', { ARCHIVE_BUCKET_NAME: 'archive' }],
])('throws if %s is missing', (name, environment) => {
  expect(() => readBinding(environment)).toThrow(`environment variable ${name} is required: it binds the function`);
});

it('accepts a payload with the same values', () => {
  expect(() => validateBinding(BINDING, BINDING, ['s3BucketName', 'account'])).not.toThrow();
});

it('accepts a payload without a field that is not checked', () => {
  expect(() => validateBinding(BINDING, { s3BucketName: 'archive' }, ['s3BucketName'])).not.toThrow();
});

it.each<[string, Partial<Binding> | undefined, string]>([
  [
    'another bucket',
    { ...BINDING, s3BucketName: 'mine' },
    's3BucketName must be that of the function, "archive", got "mine"',
  ],
  ['another account', { ...BINDING, account: '1' }, 'account must be that of the function, "123456789012", got "1"'],
  ['no account', { s3BucketName: 'archive' }, 'account must be that of the function, "123456789012", got undefined'],
  ['nothing', undefined, 's3BucketName must be that of the function, "archive", got undefined'],
])('rejects a payload with %s', (_, payload, message) => {
  expect(() => validateBinding(BINDING, payload, ['s3BucketName', 'account'])).toThrow(
    expect.objectContaining({ name: 'InvalidArchiveRequest', message }),
  );
});
