export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** A datapoint, or `undefined` for a missing one. */
export type Datapoint = { readonly isBreaching: boolean } | undefined;

export interface AlarmRule {
  /** N of an "M out of N" alarm. */
  readonly evaluationPeriods: number;
  /** M of an "M out of N" alarm. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/** Datapoints that CloudWatch retrieves beyond the evaluation periods, in case that some are missing. */
const EXTRA_DATAPOINTS = 2;

/** Returns the number of datapoints that CloudWatch retrieves for an evaluation. */
export function getEvaluationRange({ evaluationPeriods }: AlarmRule): number {
  return evaluationPeriods + EXTRA_DATAPOINTS;
}

/**
 * Returns the state that follows from the datapoints in the evaluation range, oldest first, or `undefined` if the state
 * stays.
 *
 * Real datapoints from farther back replace missing ones. `treatMissingData` only matters if they are not enough.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgeDatapoints(datapoints: readonly Datapoint[], rule: AlarmRule): AlarmState | undefined {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const known = datapoints.filter((datapoint) => datapoint !== undefined).slice(-evaluationPeriods);
  const missing = evaluationPeriods - known.length;
  const breaching = known.filter(({ isBreaching }) => isBreaching).length;
  const filled = treatMissingData === 'breaching' ? missing : 0;
  if (breaching + filled >= datapointsToAlarm) {
    return 'ALARM';
  }
  if (
    breaching < known.length ||
    missing === 0 ||
    treatMissingData === 'breaching' ||
    treatMissingData === 'notBreaching'
  ) {
    return 'OK';
  }
  if (treatMissingData === 'ignore') {
    return undefined;
  }
  if (known.length === 0) {
    return 'INSUFFICIENT_DATA';
  }
  // All known datapoints are breaching, but too few.
  const age = datapoints.length - datapoints.findIndex((datapoint) => datapoint !== undefined);
  return age >= datapointsToAlarm ? 'ALARM' : 'OK';
}
