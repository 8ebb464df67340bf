import { DAY_MS } from '@log-archiver/core';
import { validateItem } from '../src/validate-item';
import { OCTOBER_REQUEST, octoberRequest, TO } from './october-request';

it.each([
  ['the whole period', {}],
  ['a part in the middle of the period', { part: 'DAY' as const, to: TO - DAY_MS }],
])('accepts %s', (_, item) => {
  expect(() => validateItem(octoberRequest(item))).not.toThrow();
});

it.each([
  [
    'the prefix is of another period',
    { destinationPrefix: 'logs/2026/09/web' },
    'item.destinationPrefix must be "logs/2026/10/web", got "logs/2026/09/web"',
  ],
  ['the whole ends before its period', { to: TO - 1 }, `item.to must be ${TO}, got ${TO - 1}`],
])('throws if %s', (_, item, message) => {
  expect(() => validateItem(octoberRequest(item))).toThrow(
    expect.objectContaining({ name: 'InvalidArchiveRequest', message }),
  );
  expect(OCTOBER_REQUEST.item.to).toBe(TO);
});
