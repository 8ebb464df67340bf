import { CancelExportTaskCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ReportEntry } from '@log-archiver/core';
import { lostAnswer } from '@log-archiver/local-aws';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';
import { expectEverythingReported } from '../completeness/after-every-run';

const monthly = synthesizeSample({});

const SCHEDULED = '2026-11-01T18:00:00Z';
const INPUT = { period: '2026-10' };
const FAILS = { ends: 'FAILED' } as const;

async function prepareMonthEnd(): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  for (const logGroupName of [ORDERS, PAYMENTS, CHECKOUT]) {
    await archiver.putEvents(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

const objectKey = (prefix: string) => `${prefix}/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz`;
const ALL_EVENTS = ['2026/10/aws/lambda/checkout', '2026/10/payments', '2026/10/shop/orders'].map(objectKey);
const listEvents = (archiver: Archiver) => archiver.listObjects().filter((key) => key.endsWith('.gz'));

describe('a run that finds a foreign task in the slot for 10 minutes', () => {
  it('waits, reports the holder, and archives everything', async () => {
    const archiver = await prepareMonthEnd();
    const taskId = await archiver.startForeignTask(600);
    const execution = archiver.start(INPUT);
    const { result, outcomes } = await archiver.waitFor(execution);
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes.map(({ status }) => status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(listEvents(archiver)).toEqual(ALL_EVENTS);
    const failures = execution.events.filter(({ Error: error }) => error === 'ExportSlotBusy');
    expect(failures).toHaveLength(11);
    expect(JSON.stringify(failures[0])).toContain(
      `the export slot is held by task ${taskId} of log group /foreign, status RUNNING`,
    );
  });

  it('leaves the slot idle for at most a minute', async () => {
    const archiver = await prepareMonthEnd();
    await archiver.startForeignTask(600);
    await archiver.run(INPUT);
    const taken = archiver.findCalls('CreateExportTask').filter(({ error }) => error === undefined);
    const idle = Date.parse(String(taken[1]?.at)) - Date.parse('2026-11-01T18:10:00Z');
    expect(idle).toBeGreaterThanOrEqual(0);
    expect(idle).toBeLessThanOrEqual(60_000);
  });
});

describe('an export task that fails', () => {
  it('is retried once in the same run, and reported as an orphaned task', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.logs.exportTasks.script(CHECKOUT, FAILS);
    const run = await archiver.run(INPUT);
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    expect(listEvents(archiver)).toEqual(ALL_EVENTS);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(4);
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

  it('makes its log group FAILED if it fails twice, and the other log groups are archived', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.logs.exportTasks.script(CHECKOUT, FAILS, FAILS);
    const run = await archiver.run(INPUT);
    expectEverythingReported(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    const { result, outcomes } = run;
    expect(outcomes.map(({ logGroupName, status, error }) => [logGroupName, status, error])).toEqual([
      [ORDERS, 'ARCHIVED', null],
      [PAYMENTS, 'ARCHIVED', null],
      [CHECKOUT, 'FAILED', 'FAILED'],
    ]);
    const [{ taskId }] = outcomes.slice(-1) as [ReportEntry];
    const cause = `export task ${taskId} of log group ${CHECKOUT} is FAILED: Internal failure`;
    const named = JSON.stringify([{ logGroupName: CHECKOUT, period: '2026-10', error: 'FAILED', cause, taskId }]);
    expect(result).toEqual({
      status: 'FAILED',
      error: 'ArchiveIncomplete',
      cause: expect.stringContaining(`1 of 3 log groups × periods have status FAILED: ${named}; the report is s3://`),
    });
    expect(run.report?.leftovers).toHaveLength(2);
    expect(listEvents(archiver)).toEqual([objectKey('2026/10/payments'), objectKey('2026/10/shop/orders')]);
  });

  it('is recovered by a run with the same input', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.logs.exportTasks.script(CHECKOUT, FAILS, FAILS);
    await archiver.run(INPUT);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(listEvents(archiver)).toEqual(ALL_EVENTS);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(5);
  });

  it('makes its log group FAILED with the error CANCELLED if an operator cancels it', async () => {
    const archiver = await prepareMonthEnd();
    const execution = archiver.start(INPUT);
    archiver.aws.clock.timers.setTimeout(() => {
      const [{ taskId } = { taskId: '' }] = archiver.aws.logs.exportTasks.describe({
        statusCode: 'RUNNING',
      }).exportTasks;
      void archiver.aws.clock.holdDuring(archiver.logs.send(new CancelExportTaskCommand({ taskId })));
    }, 10_000);
    const { result, report, outcomes } = await archiver.waitFor(execution);
    expect(report?.leftovers).toMatchObject([{ logGroupName: ORDERS, why: 'its export task ended with CANCELLED' }]);
    expect(outcomes.map(({ status, error }) => [status, error])).toEqual([
      ['FAILED', 'CANCELLED'],
      ['ARCHIVED', null],
      ['ARCHIVED', null],
    ]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
  });
});

describe('a log group', () => {
  it('that does not exist is SKIPPED, and the run succeeds', async () => {
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
    expect(archiver.findCalls('CreateExportTask').map(({ input }) => Object(input).logGroupName)).toEqual([
      ORDERS,
      PAYMENTS,
    ]);
    expect(
      archiver
        .findCalls('DescribeExportTasks')
        .every(({ input }) => !('taskId' in Object(input)) || Object(input).taskId),
    ).toBe(true);
  });

  it('that is deleted during the run is LOST, and the run fails with ArchiveLoss', async () => {
    const archiver = await prepareMonthEnd();
    const execution = archiver.start(INPUT);
    archiver.aws.clock.timers.setTimeout(
      () => archiver.aws.logs.call('DeleteLogGroup', { logGroupName: ORDERS }),
      9_000,
    );
    const run = await archiver.waitFor(execution);
    expect(run.result).toMatchObject({ status: 'FAILED', error: 'ArchiveLoss' });
    expectEverythingReported(archiver, run, [ORDERS, CHECKOUT, PAYMENTS]);
    expect(run.outcomes.find(({ logGroupName }) => logGroupName === ORDERS)).toMatchObject({
      status: 'LOST',
      error: 'LogGroupDeleted',
    });
  });

  it('that is empty is ARCHIVED with evidence, and has only the test object of AWS', async () => {
    const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const { outcomes } = await archiver.run(INPUT);
    expect(outcomes[1]).toMatchObject({ logGroupName: ORDERS, status: 'ARCHIVED' });
    expect(archiver.listObjects('2026/10/shop/orders')).toEqual(['2026/10/shop/orders/aws-logs-write-test']);
    expect(archiver.receipts[0]).toMatchObject({
      logGroupName: ORDERS,
      evidence: 'NO_EVENTS',
      tasks: [{ objects: 0 }],
    });
  });
});

describe('an export task whose id is lost with the answer of CreateExportTask', () => {
  it('is adopted while it runs, and not created a second time', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.faults.injectNext('CreateExportTask', lostAnswer);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(3);
    expect(listEvents(archiver)).toEqual(ALL_EVENTS);
  });

  it('is adopted if it has completed before the next attempt', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.logs.exportTasks.script(ORDERS, { pendingSeconds: 0, runningSeconds: 1 });
    archiver.aws.faults.injectNext('CreateExportTask', lostAnswer);
    const { result } = await archiver.run(INPUT);
    expect(result.status).toBe('SUCCEEDED');
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(3);
    expect(listEvents(archiver)).toEqual(ALL_EVENTS);
  });
});
