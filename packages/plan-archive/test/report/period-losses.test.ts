import { createLoss, DAY_MS, type LossCause, type PeriodLoss, type ReportEntry } from '@log-archiver/core';
import { mergePeriodLosses } from '../../src/report/period-losses';
import { OCTOBER } from '../found-log-group';
import { createEntry } from './entries';

const REPORT = { finishedAt: 'now', execution: 'this run' };

/** Creates the loss from one day of October, counted from 0, to before another. */
const loss = (first: number, end: number, cause: LossCause = 'RetentionExpired') =>
  createLoss(cause, { from: OCTOBER.from + first * DAY_MS, to: OCTOBER.from + end * DAY_MS - 1 });
const reported = (of: ReturnType<typeof loss>, changes: Partial<PeriodLoss> = {}): PeriodLoss => ({
  logGroupName: '/app/web',
  ...of,
  ...{ reportedAt: 'before', execution: 'earlier run' },
  ...changes,
});
const isNew = { reportedAt: 'now', execution: 'this run' };
const archived = (...losses: ReturnType<typeof loss>[]) => createEntry({ status: 'ARCHIVED', losses });
const lost = (...losses: ReturnType<typeof loss>[]) => createEntry({ status: 'LOST', losses });

it.each<[string, PeriodLoss[], ReportEntry[], PeriodLoss[]]>([
  ['no loss', [], [archived()], []],
  ['a loss of an archived period', [], [archived(loss(0, 3))], [reported(loss(0, 3), isNew)]],
  ['a lost period', [], [lost(loss(0, 31))], [reported(loss(0, 31), isNew)]],
  [
    'two causes',
    [],
    [archived(loss(0, 3), loss(0, 5, 'LogGroupRecreated'))],
    [reported(loss(0, 3), isNew), reported(loss(0, 5, 'LogGroupRecreated'), isNew)],
  ],
  ['the parts of a period once', [], [archived(loss(0, 3)), archived(loss(0, 3))], [reported(loss(0, 3), isNew)]],
  ['nothing of a failed period', [], [createEntry({ losses: [loss(0, 3)] })], []],
  ['nothing of a period of which a part failed', [], [archived(loss(0, 3)), createEntry()], []],
  ['nothing that is planned', [], [createEntry({ status: 'PLANNED', losses: [loss(0, 3)] })], []],
  ['nothing that was reported before', [reported(loss(0, 3))], [archived(loss(0, 3))], []],
  ['nothing within a loss that was reported before', [reported(loss(0, 5))], [archived(loss(1, 3))], []],
  ['a loss that has grown', [reported(loss(0, 3))], [archived(loss(0, 4))], [reported(loss(0, 4), isNew)]],
  [
    'nothing that was reported with another cause',
    [reported(loss(0, 31, 'LogGroupDeleted'))],
    [lost(loss(0, 31, 'LogGroupRecreated'))],
    [],
  ],
  [
    'nothing that several reported losses cover',
    [reported(loss(0, 10, 'LogGroupRecreated')), reported(loss(10, 31, 'LogGroupDeleted'))],
    [lost(loss(0, 31, 'LogGroupDeleted'))],
    [],
  ],
  [
    'a loss that another log group has had',
    [reported(loss(0, 31), { logGroupName: '/app/api' })],
    [lost(loss(0, 31))],
    [reported(loss(0, 31), isNew)],
  ],
])('reports %s', (_, earlier, entries, added) => {
  expect(mergePeriodLosses(earlier, entries, REPORT).added).toEqual(added);
});

it('keeps every loss, and merges those of a log group with the same cause', () => {
  const other = reported(loss(0, 1), { logGroupName: '/app/api' });
  const recreated = reported(loss(5, 6, 'LogGroupRecreated'));
  const { all } = mergePeriodLosses([reported(loss(1, 3)), other, recreated], [archived(loss(0, 2))], REPORT);

  expect(all).toEqual([reported(loss(0, 3), isNew), other, recreated]);
});

it('keeps the losses of a log group that is not lost any more', () => {
  expect(mergePeriodLosses([reported(loss(0, 31))], [archived()], REPORT)).toEqual({
    all: [reported(loss(0, 31))],
    added: [],
  });
});
