import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogArchiver } from '../../log-archiver';

/** How the last runs ended, how the runs of every day did, and how long they took: a row of 24 columns. */
export function runWidgets(archiver: LogArchiver): IWidget[] {
  const title = archiver.node.id;
  const daily = { period: Duration.days(1) };
  const endings = [
    archiver.metricSucceeded({ ...daily, label: 'succeeded' }),
    archiver.metricFailed({ ...daily, label: 'failed' }),
    archiver.metricTimedOut({ ...daily, label: 'timed out' }),
    archiver.metricAborted({ ...daily, label: 'aborted' }),
    archiver.metricNotStarted({ ...daily, label: 'not started' }),
  ];
  return [
    new SingleValueWidget({ title: `${title}: the last day`, width: 8, height: 6, metrics: endings }),
    new GraphWidget({ title: `${title}: runs a day`, width: 8, height: 6, left: endings, leftYAxis: { min: 0 } }),
    new GraphWidget({
      title: `${title}: how long a run takes`,
      width: 8,
      height: 6,
      left: [archiver.metricTime({ ...daily, statistic: 'Maximum', label: 'longest' })],
      leftYAxis: { min: 0, label: 'milliseconds', showUnits: false },
    }),
  ];
}
