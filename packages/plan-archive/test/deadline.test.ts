import { findDeadline } from '../src/deadline';

it.each([
  [30, Date.parse('2026-10-31T00:00:00Z')],
  [null, Number.POSITIVE_INFINITY],
])('returns when a retention of %p days removes the first event of a period', (retentionInDays, deadline) => {
  expect(findDeadline({ from: Date.parse('2026-10-01T00:00:00Z') }, retentionInDays)).toBe(deadline);
});
