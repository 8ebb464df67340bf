import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Granularity } from 'cdk-log-archiver';
import { readLogFiles } from '../../src/log-files/log-file';
import { type DemoListener, runDemo } from '../../src/run-demo';
import { createFolder, writeLogFile } from '../temporary-folder';

const silent: DemoListener = { reached() {}, ended() {} };

async function archive(texts: string[], period: string, timeZone = 'Asia/Tokyo') {
  const logFiles = readLogFiles(
    texts.map((text) => writeLogFile(text)),
    { timeZone, timestampFields: ['timestamp'] },
  );
  const folders = { out: createFolder(), temporaryFolder: createFolder() };
  return runDemo({ ...folders, timeZone, granularity: Granularity.MONTHLY, json: false, period, logFiles }, 0, silent);
}

const readArchive = (bucket: string): string[] =>
  readdirSync(bucket, { recursive: true, encoding: 'utf8' })
    .filter((key) => key.endsWith('.gz'))
    .map((key) => gunzipSync(readFileSync(join(bucket, key))).toString());

describe('the archive of log files', () => {
  it('has the month in Tokyo, from its first to its last millisecond, unchanged', async () => {
    const result = await archive(
      [
        [
          '2026-10-31 23:59:59.999 last',
          '\tat x',
          '2026-11-01 00:00:00 next',
          '2026-09-30T14:59:59.999Z before',
          '2026-09-30T15:00:00Z first',
          '',
        ].join('\r\n'),
        '2026-10-05 10:00:00 other\n',
      ],
      '2026-10',
    );
    expect(result).toMatchObject({ run: { execution: 'SUCCEEDED' }, eventsPutIn: 3, eventsInArchive: 3 });
    expect(result.logGroups).toEqual([
      {
        period: '2026-10',
        logGroupName: '/file/app.log',
        status: 'ARCHIVED',
        ...{ error: null, cause: null, losses: [], isNew: true },
        events: 2,
        objects: 1,
        bytes: expect.any(Number),
        tasks: 1,
        agrees: true,
      },
      {
        period: '2026-10',
        logGroupName: '/file/app.log-2',
        status: 'ARCHIVED',
        ...{ error: null, cause: null, losses: [], isNew: true },
        events: 1,
        objects: 1,
        bytes: expect.any(Number),
        tasks: 1,
        agrees: true,
      },
    ]);
    // AWS may also export the first millisecond after the month. It is not counted.
    expect(readArchive(result.bucket).sort()).toEqual([
      '2026-09-30T15:00:00.000Z 2026-09-30T15:00:00Z first\n2026-10-31T14:59:59.999Z 2026-10-31 23:59:59.999 last\n\tat x\n2026-10-31T15:00:00.000Z 2026-11-01 00:00:00 next\n',
      '2026-10-05T01:00:00.000Z 2026-10-05 10:00:00 other\n',
    ]);
  });

  it('has a day of 25 hours, with both occurrences of the repeated hour', async () => {
    const result = await archive(
      [
        [
          '2026-10-25 00:00:00 first',
          '2026-10-25T02:30:00+02:00 once',
          '2026-10-25T02:30:00+01:00 and again',
          '2026-10-25 23:59:59.999 last',
          '2026-10-26 00:00:00 next',
        ].join('\n'),
      ],
      '2026-10-25',
      'Europe/Berlin',
    );
    expect(result).toMatchObject({ run: { execution: 'SUCCEEDED' }, eventsPutIn: 4, eventsInArchive: 4 });
  });

  it('has a line of UTC in the month of Tokyo in which it was logged', async () => {
    const lines = ['2026-08-31 23:30:00.123 UTC [4711] LOG: x', '2026-08-31 23:30:00.123 +09 [4711] LOG: y'];
    const result = await archive([lines.join('\n')], '2026-08/2026-09');
    expect(result.logGroups.map(({ period, events }) => [period, events])).toEqual([
      ['2026-08', 1],
      ['2026-09', 1],
    ]);
  });

  it('counts an event once, whatever its message contains', async () => {
    const own = '2026-10-05T01:00:00.000Z ';
    const result = await archive([`${own}${own}a\n x ${own}\u2028${own}b\r${own}c\n`], '2026-10');
    expect(result).toMatchObject({ eventsPutIn: 1, eventsInArchive: 1 });
  });

  it('has events of several years, more than 10,000 of one minute, and huge ones', async () => {
    const minute = Array.from({ length: 10_001 }, (_, number) => `2026-10-05 10:00:00 ${number}`);
    const huge = Array.from({ length: 3 }, (_, number) => `2026-10-06 10:00:0${number} ${'x'.repeat(1_000_000)}`);
    const result = await archive(
      [[...minute, '2021-01-01 00:00:00 old', ...huge].join('\n'), '2029-01-01 00:00:00 far\n2026-10-31 00:00:00 x'],
      '2026-10',
    );
    expect(result).toMatchObject({ run: { execution: 'SUCCEEDED' }, eventsPutIn: 10_005, eventsInArchive: 10_005 });
  });
});
