import { exportTaskName, receiptKey } from '@log-archiver/core';
import { type Archiver, ORDERS, PAYMENTS } from '../../archiver';
import { prepareMonthEnd } from '../october-scenario';

const OCTOBER = { period: '2026-10' };
const LOCATION = { account: '123456789012', region: 'ap-northeast-1', keyPrefix: '', timeZone: 'Asia/Tokyo' };
/** Instants of two events of October in log streams of their own. */
const EVENTS = ['2026-10-31T12:00:00.000Z', '2026-10-31T13:00:00.000Z'] as const;

const PREFIXES: Record<string, string> = { [ORDERS]: 'shop/orders', [PAYMENTS]: 'payments' };

const keyOf = (logGroupName: string, period = '2026-10') =>
  receiptKey(LOCATION, { logGroupName, s3Prefix: PREFIXES[logGroupName] ?? '', period }, null);

/** Puts an object at a key, as a role with s3:PutObject can where no bucket policy protects receipts. */
function putObject({ aws, bucketName }: Archiver, key: string, body: string) {
  aws.buckets.putObject(bucketName, key, body);
}

function readObject({ aws, bucketName }: Archiver, key: string): string {
  return aws.buckets.getObject(bucketName, key).toString();
}

/** Lists the errors of the entries of a log group, or their statuses. */
function listEnds({ outcomes }: Awaited<ReturnType<Archiver['run']>>, logGroupName: string): string[] {
  return outcomes.filter((entry) => entry.logGroupName === logGroupName).map(({ error, status }) => error ?? status);
}

/** Creates an export task with the fields of another one, but only for the first log stream. */
function createNarrowCopy({ aws }: Archiver, changes: { taskName?: string } = {}): string {
  const [task] = aws.logs.exportTasks.describe({}).exportTasks;
  if (task === undefined) {
    throw new Error('there must be a task to copy');
  }
  const { taskName, logGroupName, from, to, destination, destinationPrefix } = task;
  return aws.logs.exportTasks.create({
    ...{ taskName, logGroupName, from, to, destination, destinationPrefix },
    logStreamNamePrefix: `stream/${EVENTS[0].replaceAll(':', '.')}`,
    ...changes,
  }).taskId;
}

/** Starts a run, stops it when its first export task has started, and cancels that task. */
async function interruptFirstExport(archiver: Archiver) {
  const { aws } = archiver;
  await archiver.putEvents(ORDERS, EVENTS[1]);
  // An export must contain an event from 12 hours after its ingestion on.
  await aws.clock.moveTo(aws.clock.now() + 13 * 3_600_000);
  const execution = archiver.start({ ...OCTOBER, logGroups: [{ logGroupName: ORDERS }] });
  await aws.clock.moveTo(aws.clock.now() + 2_000);
  execution.stop();
  const [task] = aws.logs.exportTasks.describe({}).exportTasks;
  aws.logs.exportTasks.cancel({ taskId: task?.taskId ?? '' });
  await aws.clock.moveTo(aws.clock.now() + 60_000);
}

describe('an archiver whose bucket others can write', () => {
  it('archives log groups beside empty receipts, and reports them once', async () => {
    const archiver = await prepareMonthEnd();
    for (const logGroupName of [ORDERS, PAYMENTS]) {
      putObject(archiver, keyOf(logGroupName), '');
    }
    const first = await archiver.run(OCTOBER);

    expect(first.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(listEnds(first, ORDERS)).toEqual(['ReceiptInvalid', 'ARCHIVED']);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(2);
    expect(archiver.findPeriod('2026-10')).toMatchObject({ status: 'COMPLETE', archived: 2, objects: 2 });

    const second = await archiver.run(OCTOBER);
    expect(second.result).toMatchObject({ status: 'SUCCEEDED' });
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(2);
  });

  it.each([
    ['another period', ORDERS, '2026-09', 'destinationPrefix must be "2026/09/shop/orders", got "2026/10/shop/orders"'],
    ['another log group', PAYMENTS, '2026-10', 'logGroupName must be "/shop/payments", got "/shop/orders"'],
  ])('does not believe a genuine receipt that was copied to %s', async (_, logGroupName, period, cause) => {
    const archiver = await prepareMonthEnd();
    await archiver.run({ ...OCTOBER, logGroups: [{ logGroupName: ORDERS }] });
    putObject(archiver, keyOf(logGroupName, period), readObject(archiver, keyOf(ORDERS)));
    const { outcomes } = await archiver.run({ period });

    const failed = outcomes.filter(({ status }) => status === 'FAILED');
    expect(failed).toMatchObject([{ logGroupName, error: 'ReceiptInvalid' }]);
    expect(failed[0]?.cause).toBe(`${keyOf(logGroupName, period)}: ${cause}`);
  });

  it('reports a receipt that was replaced, and records the same export again', async () => {
    const archiver = await prepareMonthEnd();
    await archiver.run(OCTOBER);
    putObject(archiver, keyOf(ORDERS), '{"format":3}');
    const second = await archiver.run(OCTOBER);

    expect(listEnds(second, ORDERS)).toEqual(['ReceiptInvalid', 'ARCHIVED']);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(2);
  });
});

describe('an archiver in an account in which others can export', () => {
  it('does not adopt a task whose name was guessed', async () => {
    const archiver = await prepareMonthEnd();
    await interruptFirstExport(archiver);
    const [task] = archiver.aws.logs.exportTasks.describe({}).exportTasks;
    const item = { ...task, period: '2026-10', to: Number(task?.to) - 1 } as Parameters<typeof exportTaskName>[0];
    const narrow = createNarrowCopy(archiver, { taskName: exportTaskName(item, archiver.bucketName, 'guess') });
    await archiver.aws.clock.moveTo(archiver.aws.clock.now() + 60_000);
    const { outcomes } = await archiver.run({ ...OCTOBER, logGroups: [{ logGroupName: ORDERS }] });

    expect(outcomes).toMatchObject([{ status: 'ARCHIVED', taskId: expect.not.stringContaining(narrow) }]);
    expect(archiver.archivedEvents.sort()).toEqual(EVENTS.map((instant) => `at ${instant}`));
  });

  it('finds out that a task with a copied name has left out a log stream, and exports again', async () => {
    const archiver = await prepareMonthEnd();
    await interruptFirstExport(archiver);
    const narrow = createNarrowCopy(archiver);
    await archiver.aws.clock.moveTo(archiver.aws.clock.now() + 60_000);
    const { outcomes } = await archiver.run({ ...OCTOBER, logGroups: [{ logGroupName: ORDERS }] });

    expect(outcomes).toMatchObject([{ status: 'ARCHIVED', taskId: expect.not.stringContaining(narrow) }]);
    expect(archiver.archivedEvents.sort()).toEqual(EVENTS.map((instant) => `at ${instant}`));
    expect(archiver.receipts[0]?.tasks).toMatchObject([{ objects: 2 }]);
  });
});
