import { AwsError } from '../../protocol/aws-error';
import type { LogGroup } from '../stores/log-group';
import type { CreateExportTaskInput } from './export-task';

type ExportRange = Pick<CreateExportTaskInput, 'from' | 'to'>;

/**
 * Throws AWS's error for a range in which the log group cannot have events.
 *
 * With `isStrict`, a range that is only partly expired is also rejected.
 */
export function validateRange(range: ExportRange, logGroup: LogGroup, retentionStart: number, isStrict: boolean) {
  if (
    range.from > range.to ||
    (isStrict ? range.from : range.to) < retentionStart ||
    (range.to < logGroup.creationTime && !isAcceptedAsSeconds(range, retentionStart))
  ) {
    throw new AwsError(
      'InvalidParameterException',
      'Please make sure the values are within the retention period of the log groups and from value is lesser than the to value',
    );
  }
}

/**
 * Whether AWS accepts the range although it ends before the log group was created.
 *
 * A range in seconds instead of milliseconds lies in 1970. Recorded on AWS, for a new log group without retention: the
 * range is accepted and exports nothing. Later ranges before the creation of a log group were rejected.
 */
function isAcceptedAsSeconds({ to }: ExportRange, retentionStart: number): boolean {
  return retentionStart === Number.NEGATIVE_INFINITY && new Date(to).getUTCFullYear() === 1970;
}
