import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Temporal } from 'temporal-polyfill';
import { formatAccounts } from '../src/accounts/print-accounts';
import type { Verification } from '../src/accounts/read-verification';
import { type AccountsResult, isAsExpected, runAccounts } from '../src/accounts/run-accounts';
import { STORIES } from '../src/accounts/stories';
import { findVerificationTimes } from '../src/accounts/verification-times';
import { createFolder } from './temporary-folder';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const [CHECKOUT, ORDERS] = ['aws/lambda/checkout', 'shop/orders'];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Lists the rows of a table: account, status, and the status of each period since the log groups exist. */
function listRows({ archivers }: Verification): string[] {
  return archivers.map(({ account, status, periods }) =>
    [
      account.slice(0, 3),
      status,
      ...periods.filter(({ period }) => period >= '2026-09').map((each) => `${each.period}=${each.status}`),
    ].join(' '),
  );
}

describe('npm run demo -- --accounts', () => {
  const temporaryFolder = createFolder();
  const out = join(createFolder(), "my folder's");
  let result: AccountsResult;
  let reached: string[];

  beforeAll(async () => {
    reached = [];
    const listener = { reached() {}, ended: (step: string) => reached.push(step) };
    result = await runAccounts({ out, temporaryFolder, timeZone: 'Asia/Tokyo', accounts: 6 }, NOW, listener);
  });

  it('finds at first that an account has no archiver, and that another one has lost events', () => {
    const [first] = result.verifications;
    expect(first).toMatchObject({
      verifiedAt: '2026-10-08T06:00:00.000Z',
      execution: 'FAILED',
      error: 'ArchiveNotVerified',
    });
    expect(listRows(first)).toEqual([
      '333 MISSING',
      '555 MISSING',
      '222 COMPLETE_WITH_LOSS 2026-09=COMPLETE_WITH_LOSS',
      '111 COMPLETE 2026-09=COMPLETE',
      '444 COMPLETE 2026-09=COMPLETE',
      '666 EMPTY 2026-09=EMPTY',
    ]);
  });

  it('finds a month later what has changed, worst first', () => {
    const [, second] = result.verifications;
    expect(second).toMatchObject({ verifiedAt: '2026-11-08T06:00:00.000Z', error: 'ArchiveNotVerified' });
    expect(listRows(second)).toEqual([
      '222 TAMPERED 2026-09=TAMPERED 2026-10=COMPLETE_WITH_LOSS',
      '555 MISSING',
      '333 INCOMPLETE 2026-09=COMPLETE 2026-10=INCOMPLETE',
      '111 STALE 2026-09=COMPLETE',
      '444 COMPLETE 2026-09=COMPLETE 2026-10=COMPLETE',
      '666 EMPTY 2026-09=EMPTY 2026-10=EMPTY',
    ]);
    expect(reached).toEqual(['FIRST_MONTH', 'FIRST_VERIFICATION', 'SECOND_MONTH', 'SECOND_VERIFICATION']);
  });

  it('has a finding for each object that was replaced or deleted, and no other', () => {
    const findings = result.verifications.map(({ archivers }) =>
      archivers.flatMap(({ periods }) => periods.flatMap((period) => period.findings)),
    );
    expect(findings).toEqual([
      [],
      [
        { type: 'ObjectsReplaced', key: expect.stringContaining('~checkout@'), message: expect.any(String) },
        { type: 'ObjectsMissing', key: expect.stringContaining('~orders@'), message: expect.any(String) },
      ],
    ]);
    const [replaced = '', deleted = ''] = findings[1]?.map(({ message }) => message) ?? [];
    expect(replaced).toContain(`/2026/09/${CHECKOUT}/`);
    expect(replaced).toMatch(/must have 7 objects, .*, got 7 objects, /);
    expect(deleted).toContain(`/2026/09/${ORDERS}/`);
    expect(deleted).toMatch(/must have 31 objects, .*, got 30 objects, /);
  });

  it('leaves the page, the signed table and the key, whose signature the printed commands verify', () => {
    const text = formatAccounts(result);
    const commands = text.split('\n').filter((line) => line.startsWith('  cd ') || line.startsWith('  openssl '));
    expect(commands).toHaveLength(2);
    const folder = dirname(result.page);
    expect(readFileSync(result.page, 'utf8')).toContain('>TAMPERED<');
    expect(readdirSync(out).sort()).toEqual(['key.pem', 'log-archive-999999999999-ap-northeast-1']);
    const [table, signature] = ['table.json', 'table.json.sig'].map((name) => readFileSync(join(folder, name)));
    const key = createPublicKey(readFileSync(result.publicKey));
    expect(verify('sha256', table as Buffer, key, signature as Buffer)).toBe(true);
    expect(result.verifications.map(({ isSigned }) => isSigned)).toEqual([true, true]);
    if (hasOpenssl) {
      const { stdout } = spawnSync('sh', ['-e', '-c', commands.join('\n')], { encoding: 'utf8' });
      expect(stdout).toBe('Verified OK\n');
    }
  });

  it('prints what happened, both tables, the findings and the page', () => {
    const text = formatAccounts(result);
    expect(text).toContain('  333333333333: no archiver is deployed yet.\n');
    expect(text).toContain(
      'The verification of 2026-10-08 06:00 UTC failed with ArchiveNotVerified (2 archivers are at fault):\n',
    );
    expect(text).toMatch(/│ COMPLETE +│ 444444444444 │ ap-northeast-1 │ 2026-06 to 2026-10 COMPLETE +│/);
    expect(text).toMatch(/^Finding: 222222222222 2026-09 ObjectsMissing: 222222222222\//m);
    expect(text).toContain(`\nThe page with all archivers and periods: ${result.page}\n`);
    expect(text).not.toContain('DID NOT FIND');
  });

  it('deletes the cloud assembly', () => {
    expect(existsSync(join(temporaryFolder, 'cdk.out'))).toBe(false);
  });

  it('is as expected only with the expected statuses and valid signatures', () => {
    const { accounts, verifications } = result;
    const [first, second] = verifications;
    expect(isAsExpected(result)).toBe(true);
    const healthy = second.archivers.map((row) =>
      row.status === 'TAMPERED' ? { ...row, status: 'COMPLETE' as const } : row,
    );
    const others: AccountsResult[] = [
      { ...result, verifications: [first, { ...second, archivers: healthy }] },
      { ...result, verifications: [{ ...first, isSigned: false }, second] },
      { ...result, verifications: [first, { ...second, archivers: second.archivers.slice(1) }] },
      { ...result, accounts: accounts.slice(1) },
    ];
    expect(others.map(isAsExpected)).toEqual([false, false, false, false]);
    expect(formatAccounts(others[0] as AccountsResult)).toMatch(/\nTHE VERIFIER DID NOT FIND WHAT THE DEMO EXPECTS\.$/);
  });
});

describe('the stories', () => {
  const findStatuses = (count: number) => new Set(STORIES.slice(0, count).flatMap(({ expected }) => expected));

  it('of three accounts show each status except EMPTY, and of six accounts all', () => {
    const all = ['COMPLETE', 'COMPLETE_WITH_LOSS', 'EMPTY', 'INCOMPLETE', 'MISSING', 'STALE', 'TAMPERED'];
    expect([...findStatuses(3)].sort()).toEqual(all.filter((status) => status !== 'EMPTY'));
    expect([...findStatuses(6)].sort()).toEqual(all);
  });
});

describe('the times of the verifications', () => {
  it.each([
    ['2026-11-08T05:59:59Z', '2026-09-08T06:00:00Z', '2026-10-08T06:00:00Z'],
    ['2026-11-08T06:00:00Z', '2026-10-08T06:00:00Z', '2026-11-08T06:00:00Z'],
    ['2026-01-31T23:59:59Z', '2025-12-08T06:00:00Z', '2026-01-08T06:00:00Z'],
  ])('at %s are %s and %s', (now, ...expected) => {
    const times = findVerificationTimes(Date.parse(now)).map((time: Temporal.ZonedDateTime) =>
      time.toInstant().toString(),
    );
    expect(times).toEqual(expected);
  });
});
