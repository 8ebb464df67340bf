import { TABLE_PAGE_KEY, type VerifiedStatus } from '@log-archiver/core';
import type { DemoOptions } from '../options';
import type { ProgressListener } from '../progress';
import { changeArchive } from './change-archive';
import { Organization } from './organization';
import { readVerification, type Verification, writePublicKey } from './read-verification';
import { type AccountStory, STORIES } from './stories';
import { findVerificationTimes } from './verification-times';

/** Titles of the steps, in order. */
export const ACCOUNTS_STEPS = {
  FIRST_MONTH: 'Archiving the first month',
  FIRST_VERIFICATION: 'Verifying the archive',
  SECOND_MONTH: 'Archiving the second month',
  SECOND_VERIFICATION: 'Verifying the archive again',
};

export type AccountsOptions = Pick<DemoOptions, 'out' | 'temporaryFolder' | 'timeZone'> & {
  /** Number of accounts. */
  readonly accounts: number;
};

/** Statuses of an account that the demo expects, one per verification. */
interface ExpectedAccount extends Pick<AccountStory, 'happens' | 'expected'> {
  readonly account: string;
}

export interface AccountsResult {
  /** Folder of the archive bucket. */
  readonly bucket: string;
  /** File of the page with all archivers and periods. */
  readonly page: string;
  /** File of the verifier's public key. */
  readonly publicKey: string;
  readonly accounts: readonly ExpectedAccount[];
  readonly verifications: readonly [first: Verification, second: Verification];
}

/** Archives two months of several accounts on a local AWS. Verifies the archive after the first and the second. */
export async function runAccounts(
  options: AccountsOptions,
  now: number,
  listener: ProgressListener<keyof typeof ACCOUNTS_STEPS>,
): Promise<AccountsResult> {
  const { out, timeZone } = options;
  const accounts = STORIES.slice(0, options.accounts).map((story, index) => ({
    ...story,
    account: String(index + 1).repeat(12),
  }));
  const [first, second] = findVerificationTimes(now);
  const start = first.withTimeZone(timeZone).with({ day: 1 }).startOfDay().subtract({ months: 1 });
  const ids = accounts.map(({ account }) => account);
  const organization = new Organization(options, ids, start);
  try {
    for (const { account, incident } of accounts.filter(({ expected: [status] }) => status !== 'MISSING')) {
      await organization.deployWorkload(account, incident);
    }
    await organization.runUntil(first, listener.reached);
    listener.ended('FIRST_MONTH');
    const firstVerification = readVerification(organization, await organization.verify());
    listener.ended('FIRST_VERIFICATION');

    for (const { account, incident } of accounts) {
      if (incident === 'ARCHIVE_CHANGED') {
        changeArchive(organization, account, start.toPlainDate().toPlainYearMonth().toString());
      } else if (incident === 'SCHEDULE_DISABLED') {
        organization.disableSchedule(account);
      } else if (incident === 'EXPORTS_DENIED') {
        await organization.deployWorkload(account, incident);
      }
    }
    await organization.runUntil(second, listener.reached);
    listener.ended('SECOND_MONTH');
    const secondVerification = readVerification(organization, await organization.verify());
    listener.ended('SECOND_VERIFICATION');
    return {
      bucket: organization.bucketFolder,
      page: organization.getPath(TABLE_PAGE_KEY),
      publicKey: writePublicKey(organization, out),
      accounts: accounts.map(({ account, happens, expected }) => ({ account, happens, expected })),
      verifications: [firstVerification, secondVerification],
    };
  } finally {
    organization.deleteAssembly();
  }
}

/** Whether both verifications found each account in the status that the demo expects, and signed their tables. */
export function isAsExpected({ accounts, verifications }: AccountsResult): boolean {
  return verifications.every(({ archivers, isSigned }, index) => {
    const found: Record<string, VerifiedStatus> = Object.fromEntries(
      archivers.map(({ account, status }) => [account, status]),
    );
    const hasAll = accounts.every(({ account, expected }) => found[account] === expected[index]);
    return isSigned && hasAll && archivers.length === accounts.length;
  });
}
