import { Archiver, ORDERS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';
import { SCHEDULED } from '../october-scenario';

/** Log streams on two pages of DescribeLogStreams. */
const LOG_STREAMS = 51;

it('continues a recording that takes longer than one invocation, and writes the receipt', async () => {
  let latency = 140_000;
  const archiver = new Archiver(synthesizeSample({}), '2026-10-31T12:00:00Z', { latency: () => latency });
  for (let number = 1; number <= LOG_STREAMS; number += 1) {
    const stream = { logGroupName: ORDERS, logStreamName: `stream-${number}` };
    archiver.aws.logs.call('CreateLogStream', stream);
    archiver.aws.logs.call('PutLogEvents', {
      ...stream,
      logEvents: [{ timestamp: archiver.aws.clock.now(), message: 'an order' }],
    });
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  // Two calls, one after the other, use up the budget of an invocation.
  latency = 100_000;
  const logGroups = [{ logGroupName: ORDERS, s3Prefix: 'orders' }];
  const execution = archiver.start({ period: '2026-10', logGroups });
  const { result, outcomes } = await archiver.waitFor(execution);

  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { archived: 1, failed: 0 } });
  expect(outcomes).toMatchObject([{ logGroupName: ORDERS, status: 'ARCHIVED', error: null, cause: null }]);
  expect(archiver.receipts).toMatchObject([{ logGroupName: ORDERS, tasks: [{ objects: LOG_STREAMS }] }]);
  const recordings = execution.events.filter(({ state }) => state?.name === 'RecordArchive');
  expect(recordings.filter(({ type }) => type === 'StateEntered')).toHaveLength(2);
  expect(recordings.filter(({ Error: error }) => error === 'RecordingUnfinished').length).toBeGreaterThan(0);
});
