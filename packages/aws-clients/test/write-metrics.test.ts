import { writeMetrics } from '../src/write-metrics';

const NOW = Date.parse('2026-11-02T03:00:00Z');

it('writes a line from which CloudWatch Logs creates the metrics of the state machine', () => {
  const lines: string[] = [];
  const metrics = { OldestIncompleteHours: 1.5, SlotUse: 50, ArchivedBytes: 0 };
  writeMetrics(metrics, 'Archiver', { log: (line) => lines.push(line) }, NOW);

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: NOW,
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
