import { type ArchiveReceipt, toIsoTime } from '@log-archiver/core';
import type { LogGroupOutcome, PeriodReport } from '../../src/report/period-report';
import { renderPeriodReport } from '../../src/report/render-period-report';

const START = Date.parse('2026-11-01T18:00:00.000Z');
const REPORT: PeriodReport = {
  ...{ s3BucketName: 'archive', keyPrefix: '', account: '111111111111', region: 'eu-west-1', period: '2026-10' },
  ...{ archiver: 'Archiver', timeZones: ['UTC'], status: 'COMPLETE', asOf: '2026-11-08T06:00:00.000Z', losses: [] },
  ...{ logGroups: [], unnamedFailures: 0, warnings: [], slotHolders: [], problems: [] },
};

/** Creates the outcome of an export that starts some seconds after the others, with as many bytes. */
function createOutcome(offset: number, seconds: number, { tasks = 1, run = 'daily' } = {}): LogGroupOutcome {
  const task = { objects: 1, bytes: offset } as ArchiveReceipt['tasks'][number];
  const receipt: Partial<ArchiveReceipt> = {
    ...{ logGroupName: `/app/${offset}`, execution: `arn:aws:states:::execution:Archiver:${run}`, losses: [] },
    ...{ startedAt: toIsoTime(START + offset * 1_000), finishedAt: toIsoTime(START + (offset + seconds) * 1_000) },
    ...{ forced: false, tasks: Array(tasks).fill(task) },
  };
  return {
    ...{ logGroupName: `/app/${offset}`, status: 'ARCHIVED', error: null, cause: null, losses: [] },
    receipt: receipt as ArchiveReceipt,
  };
}

function render(report: Partial<PeriodReport>): string {
  return renderPeriodReport({ ...REPORT, ...report }, '2026-11-08T07:00:00.000Z');
}

function count(page: string, text: string): number {
  return page.split(text).length - 1;
}

describe('renderPeriodReport', () => {
  it('stays small with 10,000 log groups, and says what it leaves out', () => {
    const logGroups = Array.from({ length: 10_000 }, (_, index) => createOutcome(index * 30, 20));
    const page = render({ logGroups });
    expect(page.length).toBeLessThan(400_000);
    expect(count(page, '<tr><td')).toBe(1_000);
    expect(page).toContain('And 9,000 more log groups, which are smaller or skipped: 9,000 objects, 1.5 GB.');
    expect(count(page, '<li class="export">')).toBe(50);
    expect(page).toContain('And 9,950 shorter exports, which only the upper bar contains.');
    expect(page).toContain('10,000 exports, busy 55 h 33 min 20 s of 83 h 19 min 50 s (67%), gaps 27 h 46 min 30 s');
  });

  it('limits lists, and names the number of the others', () => {
    const problems = Array.from({ length: 103 }, (_, index) => `problem ${index}`);
    const page = render({ problems });
    expect(count(page, 'RECORD')).toBe(100);
    expect(page).toContain('And 3 more.');
  });

  it('counts overlapping exports once', () => {
    expect(render({ logGroups: [createOutcome(0, 60), createOutcome(30, 60)] })).toContain(
      '2 exports, busy 1 min 30 s of 1 min 30 s (100%), gaps 0 s',
    );
  });

  it('shows a timeline for each run, with dates if it takes days', () => {
    const page = render({
      logGroups: [createOutcome(0, 60), createOutcome(86_400, 90_000, { tasks: 31, run: 'next' })],
    });
    expect(page.indexOf('Run daily')).toBeLessThan(page.indexOf('Run next'));
    expect(page).toContain('<span>18:00:00, 1 min</span>');
    expect(page).toContain('<span>2026-11-02 18:00:00, 25 h, 31 tasks with the time between them</span>');
    expect(page).toContain('</b>, in 31 parts</td>');
  });
});
