import { AwsError } from '../../protocol/aws-error';
import { type LogGroup, retentionStart } from '../stores/log-group';

interface Range {
  from: number;
  to: number;
}

/** Throws what AWS answers to a range of which the log group cannot have events; if `isStrict`, not even of a part of it. */
export function validateRange(range: Range, logGroup: LogGroup, now: number, isStrict: boolean) {
  if (
    range.from > range.to ||
    (isStrict ? range.from : range.to) < retentionStart(logGroup, now) ||
    (range.to < logGroup.creationTime && !isTakenForSeconds(range, logGroup))
  ) {
    throw new AwsError(
      'InvalidParameterException',
      'Please make sure the values are within the retention period of the log groups and from value is lesser than the to value',
    );
  }
}

/**
 * A range in seconds where AWS wants milliseconds is one of 1970. Recorded on a new log group without retention: it is
 * taken, and exports nothing; while later ranges before the creation of a log group were seen to be refused.
 */
function isTakenForSeconds({ to }: Range, { retentionInDays }: LogGroup): boolean {
  return retentionInDays === undefined && new Date(to).getUTCFullYear() === 1970;
}
