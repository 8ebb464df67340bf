import {
  ARRAY,
  COUNT,
  type FieldKinds,
  findFieldError,
  ISO_TIME,
  oneOf,
  type PeriodStatus,
  STRING,
} from '@log-archiver/core';

/** Fields of a period status that a statement repeats. */
export interface ReportedStatus
  extends Pick<PeriodStatus, 'status' | 'archived' | 'failed' | 'lost' | 'asOf' | 'execution'> {
  /** Number of losses. */
  losses: number;
}

const STATUS_FIELDS: FieldKinds<Pick<PeriodStatus, keyof ReportedStatus | 'format' | 'period'>> = {
  format: oneOf(2),
  period: STRING,
  status: oneOf('COMPLETE', 'COMPLETE_WITH_LOSS', 'INCOMPLETE', 'EMPTY'),
  archived: COUNT,
  failed: COUNT,
  lost: COUNT,
  losses: ARRAY,
  asOf: ISO_TIME,
  execution: STRING,
};

/** Parses the status of a period. Returns an error message unless an archiver can have written it. */
export function parseStatus(text: string, period: string): ReportedStatus | string {
  let parsed: PeriodStatus;
  try {
    parsed = JSON.parse(text);
  } catch {
    return `status must be JSON, got ${text.length} characters of something else`;
  }
  const error = findFieldError('', parsed, { ...STATUS_FIELDS, period: oneOf(period) });
  if (error !== undefined) {
    return error;
  }
  const { status, archived, failed, lost, losses, asOf, execution } = parsed;
  return { status, archived, failed, lost, losses: losses.length, asOf, execution };
}

/** Whether two statuses say the same, regardless of the run that wrote them. */
export function saysTheSame(one: ReportedStatus | null, other: ReportedStatus | null): boolean {
  const fields = ['status', 'archived', 'failed', 'lost', 'losses'] as const;
  return fields.every((field) => one?.[field] === other?.[field]);
}
