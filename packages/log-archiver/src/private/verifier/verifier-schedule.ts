import { TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { RunSchedule, type RunScheduleProps } from '../run-schedule';

/**
 * Starts a run on the 8th of each month, a week after the end of the last month, when its archive is normally complete.
 *
 * What is archived later is verified a month later, so at most `RUN_EVERY_DAYS` are between two runs.
 */
export function createVerifierSchedule(
  scope: Construct,
  props: Pick<RunScheduleProps, 'stateMachine' | 'rolePath'>,
): RunSchedule {
  return new RunSchedule(scope, 'Schedule', {
    ...props,
    description: 'Starts the monthly verification of LogArchiver',
    expression: ScheduleExpression.cron({ minute: '0', hour: '6', day: '8', timeZone: TimeZone.ETC_UTC }),
    input: {},
  });
}
