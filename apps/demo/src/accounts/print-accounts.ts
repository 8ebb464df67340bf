import { dirname, relative } from 'node:path';
import { formatTime } from '@log-archiver/core';
import { groupByStatus } from '@log-archiver/verify-archive/statements/table';
import Table from 'cli-table3';
import type { Verification, VerifiedPeriod } from './read-verification';
import { type AccountsResult, isAsExpected } from './run-accounts';

/** Formats the result for people. */
export function formatAccounts(result: AccountsResult): string {
  const { page, publicKey, verifications } = result;
  const folder = dirname(page);
  return [
    ...verifications.flatMap((_, index) => [...formatVerification(result, index as 0 | 1), '']),
    `The page with all archivers and periods: ${page}`,
    'Check the signature of the table with the public key of the verifier:',
    `  cd ${quote(folder)}`,
    `  openssl dgst -sha256 -verify ${quote(relative(folder, publicKey))} -signature table.json.sig table.json`,
    ...(isAsExpected(result) ? [] : ['THE VERIFIER DID NOT FIND WHAT THE DEMO EXPECTS.']),
  ].join('\n');
}

function formatVerification({ accounts, verifications }: AccountsResult, index: 0 | 1): string[] {
  const verification = verifications[index];
  const { verifiedAt, archivers } = verification;
  const table = new Table({
    head: ['status', 'account', 'Region', 'periods'],
    style: { head: [], border: [], compact: true },
  });
  for (const { status, account, region, periods } of archivers) {
    table.push([status, account, region, formatPeriods(periods)]);
  }
  return [
    `${index === 0 ? 'Before the first' : 'Before the second'} verification:`,
    ...accounts.map(({ account, happens }) => `  ${account}: ${happens[index]}.`),
    `The verification of ${formatTime(verifiedAt)} ${formatEnd(verification)}:`,
    table.toString(),
    ...formatFindings(verification),
  ];
}

/** Formats successive periods with the same status as one range. */
function formatPeriods(periods: readonly VerifiedPeriod[]): string {
  return groupByStatus(periods)
    .map((group) => {
      const [from = '', to = ''] = [group[0]?.period, group.at(-1)?.period];
      return `${from === to ? from : `${from} to ${to}`} ${group[0]?.status}`;
    })
    .join('\n');
}

function formatFindings({ archivers }: Verification): string[] {
  return archivers.flatMap(({ account, periods }) =>
    periods.flatMap(({ period, findings }) =>
      findings.map(({ type, message }) => `Finding: ${account} ${period} ${type}: ${message}.`),
    ),
  );
}

/** Formats the error, and its cause without the archivers, which are in the table. */
function formatEnd({ error, cause = '' }: Verification): string {
  return error === undefined ? 'found no fault' : `failed with ${error} (${cause.split('. ')[0]})`;
}

/** Quotes a path for the shell, if necessary. */
function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
