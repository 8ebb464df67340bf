import { PARAMETERS } from '@log-archiver/aws-clients/testing';
import { ArchiverStore } from '../../src/archiver-store';
import { estimateExportHours, forecastSlotUse, readExportRates, warnOfSlowExports } from '../../src/report/forecast';
import { REQUEST, World } from '../world';
import { createEntry, createReceiptProperties } from './entries';

const NOW = Date.parse('2026-11-03T03:00:00.000Z');
const HOUR = 3_600;

describe('readExportRates', () => {
  /** Reads the rates of `/a` and `/b` from receipts, which are listed by period: log group and seconds. */
  async function read(periods: Record<string, [string, number | null][]>) {
    const archiver = new ArchiverStore(new World().clients, REQUEST);
    for (const [period, receipts] of Object.entries(periods)) {
      const remembered = await archiver.readPeriodReceipts(period);
      for (const [logGroupName, exportSeconds] of receipts) {
        const properties = createReceiptProperties({ logGroupName, exportSeconds });
        remembered.set(`${logGroupName}@1.json`, { etag: '1', ...properties });
      }
    }
    return Object.fromEntries(await readExportRates(new Set(['/a', '/b']), PARAMETERS, archiver, NOW));
  }

  it('divides the duration of an export by the days of its period', async () => {
    expect(await read({ '2026-10': [['/a', 31 * HOUR]], '2026-09': [['/b', 15 * HOUR]] })).toEqual({
      ...{ '/a': 1, '/b': 0.5 },
    });
  });

  it('takes the most recent duration', async () => {
    expect(
      await read({ '2026-10': [['/a', null]], '2026-09': [['/a', 30 * HOUR]], '2026-08': [['/a', HOUR]] }),
    ).toEqual({ '/a': 1 });
  });

  it.each<[string, Record<string, [string, number | null][]>]>([
    ['log groups that the run does not have', { '2026-10': [['/c', HOUR]] }],
    ['old periods', { '2026-07': [['/a', HOUR]] }],
    ['unknown durations', { '2026-10': [['/a', null]] }],
  ])('ignores %s', async (_, periods) => {
    expect(await read(periods)).toEqual({});
  });
});

it('adds up the hours of all log groups', () => {
  const rates = new Map([
    ['/a', 1.25],
    ['/b', 0.1],
  ]);

  expect(forecastSlotUse(rates)).toEqual({
    exportHoursPerDay: 1.35,
    message: 'a day of logs takes 1.35 hours of export time, of 24',
  });
  expect(warnOfSlowExports(forecastSlotUse(rates))).toEqual([]);
});

it.each([
  [23.999, []],
  [
    24,
    [
      {
        type: 'ExportsTooSlow',
        subject: '',
        message: 'a day of logs takes 24 hours of export time: this archiver cannot keep up',
      },
    ],
  ],
])('warns of %f hours a day: %#', (rate, warnings) => {
  expect(warnOfSlowExports(forecastSlotUse(new Map([['/a', rate]])))).toEqual(warnings);
});

it('forecasts nothing without a duration', () => {
  expect(forecastSlotUse(new Map())).toBeNull();
  expect(warnOfSlowExports(null)).toEqual([]);
  expect(estimateExportHours([createEntry()], new Map())).toBeNull();
});

it('estimates planned exports, those of unknown log groups by the average', () => {
  const rates = new Map([
    ['/a', 1],
    ['/b', 0.5],
  ]);
  const planned = ['/a', '/b', '/unknown'].map((logGroupName) => createEntry({ logGroupName }));

  expect(estimateExportHours(planned, rates)).toBe(31 * (1 + 0.5 + 0.75));
});
