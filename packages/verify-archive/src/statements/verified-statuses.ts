import type { VerifiedStatus } from '@log-archiver/core';

/** Statuses of a period or an archiver, worst first. */
export const VERIFIED_STATUSES = [
  'TAMPERED',
  'MISSING',
  'INCOMPLETE',
  'STALE',
  'COMPLETE_WITH_LOSS',
  'COMPLETE',
  'EMPTY',
] as const satisfies readonly VerifiedStatus[];
