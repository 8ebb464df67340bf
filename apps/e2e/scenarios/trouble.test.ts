import { CancelExportTaskCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ReportEntry } from '@log-archiver/core';
import { lostAnswer } from '@log-archiver/local-aws';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingSilent } from './after-every-run';

const monthly = synthesizeSample({});

const SCHEDULED = '2026-11-01T18:00:00Z';
const INPUT = { period: '2026-10' };
const FAILS = { ends: 'FAILED' } as const;

async function archiverAtMonthEnd(): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  for (const logGroupName of [ORDERS, PAYMENTS, CHECKOUT]) {
    await archiver.put(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

const eventsOf = (key: string) => `${key}/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz`;
const ALL_EVENTS = ['2026/10/aws/lambda/checkout', '2026/10/payments', '2026/10/shop/orders'].map(eventsOf);
const events = (archiver: Archiver) => archiver.objects().filter((key) => key.endsWith('.gz'));

describe('a stranger holds the slot for 10 minutes', () => {
  it('waits, names the holder, and archives everything', async () => {
    const archiver = await archiverAtMonthEnd();
    const taskId = await archiver.strangerExportsFor(600);
    const execution = archiver.start(INPUT);
    const { result, outcomes } = await archiver.runToEnd(execution);
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes.map(({ status }) => status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(events(archiver)).toEqual(ALL_EVENTS);
    const failures = execution.events.filter(({ Error: error }) => error === 'ExportSlotBusy');
    expect(failures).toHaveLength(15);
    expect(JSON.stringify(failures[0])).toContain(
      `the export slot is held by task ${taskId} of log group /stranger, status RUNNING`,
    );
  });

  it('leaves the slot idle for at most a minute', async () => {
    const archiver = await archiverAtMonthEnd();
    await archiver.strangerExportsFor(600);
    await archiver.run(INPUT);
    const taken = archiver.callsOf('CreateExportTask').filter(({ error }) => error === undefined);
    const idle = Date.parse(String(taken[1]?.at)) - Date.parse('2026-11-01T18:10:00Z');
    expect(idle).toBeGreaterThanOrEqual(0);
    expect(idle).toBeLessThanOrEqual(60_000);
  });
});

describe('an export that ends badly', () => {
  it('once is tried again in the same run, and its first task is named as a leftover', async () => {
    const archiver = await archiverAtMonthEnd();
    archiver.aws.logs.exportTasks.arrange(CHECKOUT, FAILS);
    const run = await archiver.run(INPUT);
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    expect(events(archiver)).toEqual(ALL_EVENTS);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(4);
    const failed = archiver.aws.logs.exportTasks.describe({ statusCode: 'FAILED' }).exportTasks;
    expect(run.report?.leftovers).toEqual([
      {
        taskId: failed[0]?.taskId,
        logGroupName: CHECKOUT,
        period: '2026-10',
        destinationPrefix: '2026/10/aws/lambda/checkout',
        why: 'its export task ended with FAILED',
      },
    ]);
  });

  it('twice is FAILED by name; the other log groups are archived and the run is red', async () => {
    const archiver = await archiverAtMonthEnd();
    archiver.aws.logs.exportTasks.arrange(CHECKOUT, FAILS, FAILS);
    const run = await archiver.run(INPUT);
    expectNothingSilent(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    const { result, outcomes } = run;
    expect(outcomes.map(({ logGroupName, status, error }) => [logGroupName, status, error])).toEqual([
      [ORDERS, 'ARCHIVED', null],
      [PAYMENTS, 'ARCHIVED', null],
      [CHECKOUT, 'FAILED', 'FAILED'],
    ]);
    const [{ taskId }] = outcomes.slice(-1) as [ReportEntry];
    const named = JSON.stringify([{ logGroupName: CHECKOUT, period: '2026-10', error: 'FAILED', taskId }]);
    expect(result).toEqual({
      status: 'FAILED',
      error: 'ArchiveIncomplete',
      cause: expect.stringContaining(`1 of 3 log groups and periods FAILED: ${named}; the report is s3://`),
    });
    expect(run.report?.leftovers).toHaveLength(2);
    expect(events(archiver)).toEqual([eventsOf('2026/10/payments'), eventsOf('2026/10/shop/orders')]);
  });

  it('is made good by the same input once more', async () => {
    const archiver = await archiverAtMonthEnd();
    archiver.aws.logs.exportTasks.arrange(CHECKOUT, FAILS, FAILS);
    await archiver.run(INPUT);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(events(archiver)).toEqual(ALL_EVENTS);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(5);
  });

  it('is FAILED by the name CANCELLED when somebody cancels it', async () => {
    const archiver = await archiverAtMonthEnd();
    const execution = archiver.start(INPUT);
    archiver.aws.clock.timers.setTimeout(() => {
      const [{ taskId } = { taskId: '' }] = archiver.aws.logs.exportTasks.describe({
        statusCode: 'RUNNING',
      }).exportTasks;
      void archiver.aws.clock.holdDuring(archiver.logs.send(new CancelExportTaskCommand({ taskId })));
    }, 10_000);
    const { result, report, outcomes } = await archiver.runToEnd(execution);
    expect(report?.leftovers).toMatchObject([{ logGroupName: CHECKOUT, why: 'its export task ended with CANCELLED' }]);
    expect(outcomes.map(({ status, error }) => [status, error])).toEqual([
      ['FAILED', 'CANCELLED'],
      ['ARCHIVED', null],
      ['ARCHIVED', null],
    ]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
  });
});

describe('a log group', () => {
  it('that is missing is SKIPPED with its reason and does not turn the run red', async () => {
    const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const { result, outcomes } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes[0]).toMatchObject({
      logGroupName: CHECKOUT,
      status: 'SKIPPED',
      error: 'LogGroupNotFound',
      taskId: null,
      destinationPrefix: null,
    });
    expect(archiver.callsOf('CreateExportTask').map(({ input }) => Object(input).logGroupName)).toEqual([
      ORDERS,
      PAYMENTS,
    ]);
    expect(
      archiver
        .callsOf('DescribeExportTasks')
        .every(({ input }) => !('taskId' in Object(input)) || Object(input).taskId),
    ).toBe(true);
  });

  it('that is deleted after the run has begun is SKIPPED as well', async () => {
    const archiver = await archiverAtMonthEnd();
    const execution = archiver.start(INPUT);
    archiver.aws.clock.timers.setTimeout(
      () => archiver.aws.logs.call('DeleteLogGroup', { logGroupName: ORDERS }),
      9_000,
    );
    const run = await archiver.runToEnd(execution);
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    expect(run.outcomes[1]).toMatchObject({ logGroupName: ORDERS, status: 'SKIPPED', error: 'LogGroupNotFound' });
  });

  it('that is empty is ARCHIVED, with nothing but what AWS writes to try the bucket, and that is proven', async () => {
    const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const { outcomes } = await archiver.run(INPUT);
    expect(outcomes[1]).toMatchObject({ logGroupName: ORDERS, status: 'ARCHIVED' });
    expect(archiver.objects('2026/10/shop/orders')).toEqual(['2026/10/shop/orders/aws-logs-write-test']);
    expect(archiver.receipts[0]).toMatchObject({
      logGroupName: ORDERS,
      evidence: 'NO_EVENTS',
      tasks: [{ objects: 0 }],
    });
  });
});

describe('the answer of CreateExportTask is lost', () => {
  it('while its task still runs: the task is taken, and not made a second time', async () => {
    const archiver = await archiverAtMonthEnd();
    archiver.aws.faults.arrange('CreateExportTask', lostAnswer);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(3);
    expect(events(archiver)).toEqual(ALL_EVENTS);
  });

  it('and its task has completed before the next try: the task is taken all the same', async () => {
    const archiver = await archiverAtMonthEnd();
    archiver.aws.logs.exportTasks.arrange(ORDERS, { pendingSeconds: 0, runningSeconds: 1 });
    archiver.aws.faults.arrange('CreateExportTask', lostAnswer);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(3);
    expect(events(archiver)).toEqual(ALL_EVENTS);
  });
});
