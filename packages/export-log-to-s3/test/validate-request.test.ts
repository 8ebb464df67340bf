import type { ExportLogToS3Request } from '@log-archiver/core';
import { exportLogToS3 } from '../src/export-log-to-s3';
import { validateRequest } from '../src/validate-request';
import { OCTOBER_REQUEST } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:05Z');

type Field = keyof ExportLogToS3Request;

const ALLOWED: Record<Field, string> = {
  logGroupName: 'a text',
  s3BucketName: 'a text',
  timeZone: 'a text',
  frequency: 'a text',
  scheduledTime: 'a text',
  startedAt: 'a text',
  s3Prefix: 'a text or null',
  period: 'a text or null',
  keyPrefix: 'a text or empty',
};
const WRONG_FOR_ALL: [unknown, string][] = [
  [undefined, 'nothing'],
  [1, '1'],
  [true, 'true'],
  [{}, '{}'],
  [['/app/web'], '["/app/web"]'],
];

const WRONG: [Field, unknown, string][] = (Object.keys(ALLOWED) as Field[]).flatMap((field) => {
  const wrong = [...WRONG_FOR_ALL];
  if (ALLOWED[field] !== 'a text or null') {
    wrong.push([null, 'null']);
  }
  if (ALLOWED[field] !== 'a text or empty') {
    wrong.push(['', '""']);
  }
  return wrong.map(([value, got]): [Field, unknown, string] => [field, value, got]);
});

it.each(WRONG)('%s is refused when it is %p, and AWS is not called', async (field, value, got) => {
  const logs = { send: jest.fn() };
  const refusal = { name: 'InvalidArchiveRequest', message: `${field} must be ${ALLOWED[field]}, got ${got}` };

  await expect(exportLogToS3({ ...OCTOBER_REQUEST, [field]: value }, logs as never, () => NOW)).rejects.toMatchObject(
    refusal,
  );
  expect(logs.send).not.toHaveBeenCalled();
});

it.each(Object.keys(ALLOWED) as Field[])('%s is refused when it is missing', (field) => {
  const { [field]: _, ...request } = OCTOBER_REQUEST;

  expect(() => validateRequest(request as ExportLogToS3Request)).toThrow(
    expect.objectContaining({
      name: 'InvalidArchiveRequest',
      message: `${field} must be ${ALLOWED[field]}, got nothing`,
    }),
  );
});

it.each<Partial<ExportLogToS3Request>>([
  {},
  { s3Prefix: null, period: null, keyPrefix: '' },
  { s3Prefix: 'web', period: '2026-10', keyPrefix: 'logs' },
])('a request with %p is taken', (overrides) => {
  expect(() => validateRequest({ ...OCTOBER_REQUEST, ...overrides })).not.toThrow();
});

it('startedAt is refused when it is no instant', () => {
  expect(() => validateRequest({ ...OCTOBER_REQUEST, startedAt: 'long ago' })).toThrow(
    expect.objectContaining({
      name: 'InvalidArchiveRequest',
      message: 'startedAt must be an instant in ISO 8601 with a zone such as "2026-11-02T03:00:00Z", got "long ago"',
    }),
  );
});
