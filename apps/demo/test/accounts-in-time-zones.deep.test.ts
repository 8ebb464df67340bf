import { isAsExpected, runAccounts } from '../src/accounts/run-accounts';
import { createFolder } from './temporary-folder';

// The clocks change in October and November of New York, and February is short.
it.each([
  ['America/New_York', '2026-12-10T00:00:00Z'],
  ['Pacific/Kiritimati', '2026-03-08T06:00:00Z'],
  ['Pacific/Honolulu', '2026-01-31T12:00:00Z'],
])('finds the expected statuses in %s at %s', async (timeZone, now) => {
  const options = { out: createFolder(), temporaryFolder: createFolder(), timeZone, accounts: 3 };
  const result = await runAccounts(options, Date.parse(now), { reached() {}, ended() {} });
  expect(isAsExpected(result)).toBe(true);
});
