import { createBindingCheck } from '../src/function-binding';
import { ENVIRONMENT } from '../src/testing';

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

it('accepts a payload of the binding in the environment', () => {
  expect(() =>
    createBindingCheck({ environment: ENVIRONMENT })({ s3BucketName: 'archive' }, ['s3BucketName']),
  ).not.toThrow();
});

it('rejects a payload of another binding', () => {
  const check = createBindingCheck({ environment: ENVIRONMENT });

  expect(() => check({ s3BucketName: 'mine' }, ['s3BucketName'])).toThrow(
    's3BucketName must be that of the function, "archive", got "mine"',
  );
});

it('reads the environment of the process by default, when it is called', () => {
  const check = createBindingCheck({});
  expect(() => check({}, ['account'])).toThrow('environment variable ARCHIVE_BUCKET_NAME is required');

  Object.assign(process.env, ENVIRONMENT);
  expect(() => check({ account: '123456789012' }, ['account'])).not.toThrow();
});
