import { type ReportEntry, receiptName } from '@log-archiver/core';
import { applyReceipts } from '../../src/report/apply-receipts';
import { WEB } from '../found-log-group';
import { createEntry, createReceiptProperties } from './entries';

const LOSSES = [{ cause: 'RetentionExpired' as const, from: 'a', to: 'b' }];
const ARCHIVED = createEntry({ status: 'ARCHIVED', error: null, cause: null });
const FAILED = createEntry();
const LOST = createEntry({ status: 'LOST', error: 'LogGroupDeleted', cause: null });
const NO_RECEIPT = {
  ...{ status: 'FAILED', error: 'NoReceipt' },
  cause:
    'everything was exported, but there is no receipt; the exports of the parts do not cover the period, or the receipt was deleted',
};

/** Applies the receipt of `/app/web`, if the run or an earlier one wrote one. */
function apply(entries: ReportEntry[], receipt: 'OWN' | 'EARLIER' | 'NONE', force = false) {
  const inForce = new Map(
    receipt === 'NONE' ? [] : [[receiptName(WEB), createReceiptProperties({ losses: LOSSES })] as const],
  );
  const keys = new Set(receipt === 'OWN' ? ['own'] : ['earlier']);
  const logGroups = new Map([[WEB.logGroupName, WEB]]);
  return applyReceipts(entries, { keys, inForce, invalid: new Map() }, { logGroups, force, receiptKey: () => 'own' });
}

it.each<[string, ReportEntry, 'OWN' | 'EARLIER' | 'NONE', boolean, object]>([
  ['has its own receipt', ARCHIVED, 'OWN', false, { status: 'ARCHIVED', losses: LOSSES }],
  ['has the receipt of a forced run', ARCHIVED, 'EARLIER', false, { status: 'ARCHIVED', losses: LOSSES }],
  ['has no receipt', ARCHIVED, 'NONE', false, NO_RECEIPT],
  ['was exported by force, and has only an earlier receipt', ARCHIVED, 'EARLIER', true, NO_RECEIPT],
  [
    'was not exported by force, and has an earlier receipt',
    { ...ARCHIVED, taskId: null },
    'EARLIER',
    true,
    { status: 'ARCHIVED', losses: LOSSES },
  ],
  [
    'failed after its receipt was written',
    FAILED,
    'OWN',
    false,
    { status: 'ARCHIVED', error: null, cause: null, losses: LOSSES },
  ],
  ['failed', FAILED, 'NONE', false, FAILED],
  ['failed by force, and has an earlier receipt', FAILED, 'EARLIER', true, FAILED],
  ['was deleted, and has a receipt', LOST, 'EARLIER', true, { status: 'ARCHIVED', error: null, losses: LOSSES }],
  ['was deleted', LOST, 'NONE', false, LOST],
])('corrects the entry of a log group that %s', (_, entry, receipt, force, expected) => {
  expect(apply([entry], receipt, force)).toEqual([{ ...entry, ...expected }]);
});

it.each(['SKIPPED', 'PLANNED'] as const)('keeps an entry with status %s', (status) => {
  const entry = createEntry({ status });

  expect(apply([entry], 'OWN')).toEqual([entry]);
});

it.each([FAILED, LOST])('expects no receipt of parts of which one is not archived: %#', (other) => {
  expect(apply([ARCHIVED, other], 'NONE')).toEqual([ARCHIVED, other]);
});
