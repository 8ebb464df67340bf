import type { ArchiveOutcome } from '@log-archiver/core';
import { readCause } from '../../src/page/cause';

it.each([
  [
    'the message of a Lambda function',
    '{"errorType":"X","errorMessage":"Not authorized.","trace":[]}',
    'Not authorized.',
  ],
  ['text', 'The state timed out.', 'The state timed out.'],
  ['JSON without a message', '{"errorType":"X"}', '{"errorType":"X"}'],
  ['an empty message', '{"errorMessage":""}', '{"errorMessage":""}'],
  ['JSON that is no object', 'null', 'null'],
  ['nothing', null, null],
  ['an empty cause', '', null],
])('reads the cause of a failure from %s', (_, cause, expected) => {
  expect(readCause({ status: 'FAILED', cause })).toBe(expected);
});

it.each(['ARCHIVED', 'SKIPPED'] as const)('returns no cause of an outcome with status %s', (status) => {
  expect(readCause({ status, cause: 'text' })).toBeNull();
});

it('returns no cause of an outcome of an earlier deployment', () => {
  expect(readCause({ status: 'FAILED' } as ArchiveOutcome)).toBeNull();
});

it('cuts a message after 1,000 characters', () => {
  const read = (length: number) => readCause({ status: 'FAILED', cause: 'x'.repeat(length) });

  expect(read(1_000)).toBe('x'.repeat(1_000));
  expect(read(1_001)).toBe(`${'x'.repeat(999)}…`);
});
