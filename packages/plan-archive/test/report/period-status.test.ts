import type { PeriodLoss, ReportEntry } from '@log-archiver/core';
import { receiptName } from '@log-archiver/core';
import type { ReceiptProperties } from '../../src/archiver-store';
import { createPeriodStatus } from '../../src/report/period-status';
import { WEB } from '../found-log-group';
import { createEntries, createEntry, createPeriodLoss, createReceiptProperties } from './entries';

const REPORT = { finishedAt: 'now', execution: 'this run' };

interface Facts {
  entries?: ReportEntry[];
  receipts?: Record<string, ReceiptProperties>;
  losses?: PeriodLoss[];
}

function createStatus({ entries = [], receipts = {}, losses = [] }: Facts) {
  const facts = { entries, losses, logGroups: new Map([[WEB.logGroupName, WEB]]) };
  const found = { keys: new Set<string>(), inForce: new Map(Object.entries(receipts)), invalid: new Map() };
  return createPeriodStatus('2026-10', { ...facts, receipts: found }, REPORT, 'report.json');
}

const ARCHIVED = createEntry({ status: 'ARCHIVED', error: null, cause: null });
const LOST = createEntry({ status: 'LOST', error: 'LogGroupDeleted', cause: null });
const skip = (error: string, logGroupName = '/app/web') => createEntry({ status: 'SKIPPED', error, logGroupName });
const RECEIPTS = { [receiptName(WEB)]: createReceiptProperties() };

it('describes what is archived', () => {
  expect(createStatus({ entries: [ARCHIVED], receipts: RECEIPTS })).toEqual({
    format: 2,
    period: '2026-10',
    status: 'COMPLETE',
    complete: true,
    ...{ archived: 1, skipped: {}, failed: 0, lost: 0, objects: 2, bytes: 30 },
    ...{ losses: [], failures: [], warnings: [] },
    ...{ asOf: 'now', execution: 'this run', reportKey: 'report.json' },
  });
});

it.each<[string, Facts, object]>([
  ['EMPTY without a log group', {}, { status: 'EMPTY' }],
  [
    'EMPTY if no log group was ever seen',
    { entries: [skip('LogGroupNotFound')] },
    { status: 'EMPTY', skipped: { LogGroupNotFound: 1 } },
  ],
  [
    'COMPLETE if all log groups are younger',
    { entries: [skip('CreatedLater'), skip('LogGroupNotFound', '/a'), skip('CreatedLater', '/b')] },
    { status: 'COMPLETE', skipped: { CreatedLater: 2, LogGroupNotFound: 1 } },
  ],
  ['COMPLETE_WITH_LOSS if a log group is lost', { entries: [LOST] }, { status: 'COMPLETE_WITH_LOSS', lost: 1 }],
  [
    'COMPLETE_WITH_LOSS if an earlier run has reported a loss',
    { receipts: RECEIPTS, losses: [createPeriodLoss()] },
    { status: 'COMPLETE_WITH_LOSS', archived: 1, lost: 0, losses: [createPeriodLoss()] },
  ],
  [
    'INCOMPLETE if a log group failed',
    { entries: [createEntry(), LOST], losses: [createPeriodLoss()] },
    { status: 'INCOMPLETE', failed: 1, failures: [createEntry()] },
  ],
  [
    'COMPLETE if only a forced export failed',
    { entries: [createEntry()], receipts: RECEIPTS },
    { status: 'COMPLETE', archived: 1, failed: 0, failures: [] },
  ],
])('is %s', (_, facts, expected) => {
  const status = createStatus(facts);

  expect(status).toMatchObject(expected);
  expect(status.complete).toBe(status.status === 'COMPLETE');
});

it('counts a period that failed in parts once', () => {
  const parts = createEntries(3, (from) => ({ from }));

  expect(createStatus({ entries: parts })).toMatchObject({ failed: 1, failures: [parts[0]] });
});

it('lists the first 20 failures', () => {
  const entries = createEntries(30, (index) => ({ logGroupName: `/${index}` }));

  expect(createStatus({ entries })).toMatchObject({ failed: 30, failures: entries.slice(0, 20) });
});

it('counts the receipts of log groups that the selection does not have any more', () => {
  const receipts = { ...RECEIPTS, 'old@1': createReceiptProperties({ logGroupName: 'old', objects: 5, bytes: 7 }) };

  expect(createStatus({ receipts })).toMatchObject({ archived: 2, objects: 7, bytes: 37 });
});

it('does not count the receipt of a log group whose prefix has changed since', () => {
  const receipts = { [receiptName({ ...WEB, s3Prefix: 'old' })]: createReceiptProperties() };

  expect(createStatus({ entries: [createEntry()], receipts })).toMatchObject({ archived: 0, failed: 1 });
});
