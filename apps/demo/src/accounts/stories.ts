import type { VerifiedStatus } from '@log-archiver/core';

/** Story of an account, and the statuses that the verifier must find. */
export interface AccountStory {
  /** `null`: none. */
  readonly incident: Incident | null;
  /** Description of the account before each of the two verifications. */
  readonly happens: readonly [string, string];
  /** Status of the account in each of the two verifications. */
  readonly expected: readonly [VerifiedStatus, VerifiedStatus];
}

export type Incident =
  /** The schedule of the archiver is disabled after the first verification. */
  | 'SCHEDULE_DISABLED'
  /** Retention removes events before their export. The archive is changed after the first verification. */
  | 'ARCHIVE_CHANGED'
  /** The archiver is deployed after the first verification. A policy of the organization denies its exports. */
  | 'EXPORTS_DENIED'
  | 'NO_ARCHIVER'
  | 'NO_LOG_GROUPS';

const STEADY: AccountStory = {
  incident: null,
  happens: ['the archiver runs as scheduled', 'the archiver runs as scheduled'],
  expected: ['COMPLETE', 'COMPLETE'],
};

/** Stories of the accounts 111111111111 to 888888888888. The first three show each status except `EMPTY`. */
export const STORIES: readonly AccountStory[] = [
  {
    incident: 'SCHEDULE_DISABLED',
    happens: ['the archiver runs as scheduled', 'the schedule of the archiver is disabled'],
    expected: ['COMPLETE', 'STALE'],
  },
  {
    incident: 'ARCHIVE_CHANGED',
    happens: [
      'the retention of /aws/lambda/checkout removes events before their export',
      'an administrator of the log-archive account replaces one object of the archive, and deletes another',
    ],
    expected: ['COMPLETE_WITH_LOSS', 'TAMPERED'],
  },
  {
    incident: 'EXPORTS_DENIED',
    happens: [
      'no archiver is deployed yet',
      'the archiver is deployed, and a service control policy denies its exports',
    ],
    expected: ['MISSING', 'INCOMPLETE'],
  },
  STEADY,
  {
    incident: 'NO_ARCHIVER',
    happens: ['no archiver is deployed', 'no archiver is deployed'],
    expected: ['MISSING', 'MISSING'],
  },
  {
    incident: 'NO_LOG_GROUPS',
    happens: ['the log groups are deleted before the first run', 'the log groups do not exist'],
    expected: ['EMPTY', 'EMPTY'],
  },
  STEADY,
  STEADY,
];
