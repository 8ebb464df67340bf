import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import { writeMetrics } from '../../src/metrics/write-metrics';

it('writes a line from which CloudWatch Logs creates the metrics of the state machine', () => {
  const lines: string[] = [];
  const metrics = { OldestIncompleteHours: 1.5, SlotUse: 50, ArchivedBytes: 0 };
  writeMetrics(metrics, EXECUTION, { log: (line) => lines.push(line) }, Date.parse(NOW));

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: Date.parse(NOW),
        CloudWatchMetrics: [
          {
            Namespace: 'LogArchiver',
            Dimensions: [['StateMachine']],
            Metrics: [
              { Name: 'OldestIncompleteHours', Unit: 'None' },
              { Name: 'SlotUse', Unit: 'Percent' },
              { Name: 'ArchivedBytes', Unit: 'Bytes' },
            ],
          },
        ],
      },
      StateMachine: 'Archiver',
      ...metrics,
    },
  ]);
});
