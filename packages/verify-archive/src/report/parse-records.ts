import {
  ARRAY,
  type ArchiveReport,
  type ArchiveWarning,
  COUNT,
  type FieldKinds,
  findFieldError,
  LOSS_FIELDS,
  oneOf,
  orNull,
  type PeriodLoss,
  type PeriodStatus,
  type ReportEntry,
  type SlotHolder,
  STRING,
} from '@log-archiver/core';
import { parseStatus } from '../statements/period-status';

/** Fields of a period status that a page shows. */
export type StatusDetails = Pick<
  PeriodStatus,
  'status' | 'archived' | 'failed' | 'asOf' | 'losses' | 'failures' | 'warnings' | 'reportKey'
>;
type RunReport = Pick<ArchiveReport, 'items' | 'slotHolders'>;

const TEXT = { allowed: 'a string', includes: (value: unknown) => typeof value === 'string' };
const ENTRY_FIELDS: FieldKinds<Pick<ReportEntry, 'logGroupName' | 'period' | 'status' | 'error' | 'cause' | 'losses'>> =
  {
    logGroupName: STRING,
    period: STRING,
    status: oneOf('ARCHIVED', 'SKIPPED', 'FAILED', 'LOST', 'PLANNED'),
    error: orNull(TEXT),
    cause: orNull(TEXT),
    losses: ARRAY,
  };
const PERIOD_LOSS_FIELDS: FieldKinds<Pick<PeriodLoss, 'logGroupName' | 'cause' | 'from' | 'to'>> = {
  ...LOSS_FIELDS,
  logGroupName: STRING,
};
const WARNING_FIELDS: FieldKinds<ArchiveWarning> = { type: STRING, subject: TEXT, message: STRING };
const HOLDER_FIELDS: FieldKinds<SlotHolder> = { taskId: STRING, logGroupName: TEXT, seconds: COUNT };

/** Parses the status of a period. Returns an error message unless an archiver can have written it. */
export function parseStatusDetails(text: string, period: string): StatusDetails | string {
  const reported = parseStatus(text, period);
  if (typeof reported === 'string') {
    return reported;
  }
  const status: PeriodStatus = JSON.parse(text);
  return (
    findFieldError<Pick<PeriodStatus, 'failures' | 'warnings' | 'reportKey'>>('', status, {
      failures: ARRAY,
      warnings: ARRAY,
      reportKey: STRING,
    }) ??
    findListError('losses', status.losses, PERIOD_LOSS_FIELDS) ??
    findListError('failures', status.failures, ENTRY_FIELDS) ??
    findListError('warnings', status.warnings, WARNING_FIELDS) ??
    status
  );
}

/** Parses the report of a run. Returns an error message unless an archiver can have written it. */
export function parseRunReport(text: string): RunReport | string {
  let report: ArchiveReport;
  try {
    report = JSON.parse(text);
  } catch {
    return `report must be JSON, got ${text.length} characters of something else`;
  }
  return (
    findFieldError<RunReport>('', report, { items: ARRAY, slotHolders: ARRAY }) ??
    findListError('items', report.items, ENTRY_FIELDS) ??
    findListError('slotHolders', report.slotHolders, HOLDER_FIELDS) ??
    report
  );
}

function findListError<T extends object>(
  path: string,
  values: readonly Partial<T>[],
  kinds: FieldKinds<T>,
): string | undefined {
  for (const [index, value] of values.entries()) {
    const error = findFieldError(`${path}[${index}].`, value, kinds);
    if (error !== undefined) {
      return error;
    }
  }
  return undefined;
}
