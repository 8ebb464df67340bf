import { type FolderItem, NO_ARCHIVER, type PlanVerificationRequest, statementKey } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import type { Clients } from '../../src/clients';
import { archiversKey, foldersKey, periodsKey } from '../../src/keys';
import { listFolders, planVerification } from '../../src/plan/plan-verification';
import type { FoundArchiver, PlannedPeriod } from '../../src/run-files';
import {
  ACCOUNT,
  archive,
  BUCKET,
  FOLDER,
  KEY_PREFIX,
  NOW,
  PLACE,
  type Place,
  putStatus,
  REGION,
  RUN,
  readJson,
  STATUS_KEY,
  startArchive,
} from '../archive';

let aws: LocalAws;
let clients: Clients;
beforeEach(() => {
  ({ aws, clients } = startArchive());
});

/** Plans a run, and returns its folders and periods. */
async function plan(changes: Partial<PlanVerificationRequest> = {}) {
  const request = { run: RUN, keyPrefixes: null, verifyEveryDays: 92, runEveryDays: 1, ...changes };
  const response = await planVerification(request, BUCKET, clients);
  const folders = readJson<FolderItem[]>(aws, foldersKey(RUN)).map(({ folder }) => folder);
  const periods = readJson<PlannedPeriod[]>(aws, periodsKey(RUN));
  expect(response).toEqual({ folders: folders.length, foldersKey: foldersKey(RUN), periods: periods.length });
  return { folders, periods, archivers: readJson<FoundArchiver[]>(aws, archiversKey(RUN)) };
}

function putStatement({
  archiver = 'Archiver',
  place = PLACE,
  reported = { status: 'COMPLETE' },
}: StatementOptions = {}) {
  const totals = { archived: 1, failed: 0, lost: 0, losses: 0 };
  const statement = { reported: reported && { ...totals, ...reported } };
  aws.buckets.putObject(BUCKET, statementKey({ ...place, archiver }), JSON.stringify(statement));
}

interface StatementOptions {
  archiver?: string;
  place?: Place;
  reported?: object | null;
}

describe('planVerification', () => {
  it('finds the receipts and the archivers of a period', async () => {
    archive(aws);
    putStatus(aws);
    putStatus(aws, { archiver: 'Other' });
    const archiver = { keyPrefix: KEY_PREFIX, account: ACCOUNT, region: REGION };
    expect(await plan()).toEqual({
      folders: [FOLDER],
      periods: [{ ...PLACE, folders: [FOLDER], archivers: ['Archiver', 'Other'] }],
      archivers: [
        { ...archiver, archiver: 'Archiver', newestStatus: STATUS_KEY },
        { ...archiver, archiver: 'Other', newestStatus: STATUS_KEY.replace('/Archiver/', '/Other/') },
      ],
    });
  });

  it.each(['111111111111', '111111111111/logs/of/web'])('finds an archiver with keyPrefix %s', async (keyPrefix) => {
    const place = { ...PLACE, keyPrefix };
    archive(aws, { place });
    putStatus(aws, { place });
    expect((await plan()).periods).toMatchObject([{ keyPrefix, archivers: ['Archiver'] }]);
  });

  it('finds an archiver without a keyPrefix', async () => {
    archive(aws, { place: { ...PLACE, keyPrefix: '' } });
    const folder = FOLDER.slice(KEY_PREFIX.length + 1);
    expect(await plan()).toMatchObject({ folders: [folder], periods: [{ keyPrefix: '', archivers: [] }] });
  });

  it('finds days, and time zones of three levels', async () => {
    const folders = ['Asia/Tokyo/2026-10-31/', 'America/Argentina/Ushuaia/2026-10/'].map((rest) =>
      FOLDER.replace('UTC/2026-10/', rest),
    );
    for (const folder of folders) {
      aws.buckets.putObject(BUCKET, `${folder}x.json`, '{}');
    }
    expect((await plan()).folders.sort()).toEqual(folders.sort());
  });

  it('puts folders of several time zones into one period', async () => {
    const tokyo = FOLDER.replace('/UTC/', '/Asia/Tokyo/');
    archive(aws);
    aws.buckets.putObject(BUCKET, `${tokyo}x.json`, '{}');
    expect((await plan()).periods).toMatchObject([{ period: '2026-10', folders: [tokyo, FOLDER] }]);
  });

  it('looks only at the given prefixes', async () => {
    archive(aws);
    archive(aws, { place: { ...PLACE, keyPrefix: 'logs' } });
    expect((await plan({ keyPrefixes: ['logs'] })).periods).toMatchObject([{ keyPrefix: 'logs' }]);
  });

  it('does not look for archivers outside the folders of accounts', async () => {
    archive(aws, { place: { ...PLACE, keyPrefix: 'logs' } });
    expect((await plan()).periods).toEqual([]);
  });

  it('ignores what an account records for another account', async () => {
    const place = { ...PLACE, account: '222222222222' };
    archive(aws, { place });
    putStatus(aws, { place });
    expect(await plan()).toEqual({ folders: [], periods: [], archivers: [] });
  });

  it('finds a period that has only a status', async () => {
    putStatus(aws, { status: 'EMPTY' });
    expect(await plan()).toMatchObject({ folders: [], periods: [{ folders: [], archivers: ['Archiver'] }] });
  });

  it('ignores statements of a keyPrefix that the archiver no longer has', async () => {
    putStatement();
    expect((await plan({ keyPrefixes: ['other'] })).periods).toEqual([]);
  });

  it('finds a period of which only the statement is left', async () => {
    putStatement();
    await aws.clock.moveTo('2027-03-01T00:00:00.000Z');
    const run = { ...RUN, startedAt: '2027-03-01T00:00:00.000Z' };
    expect((await plan({ run })).periods).toEqual([{ ...PLACE, folders: [], archivers: ['Archiver'] }]);
  });

  it.each([
    [1, 1],
    [7, 30],
    [0, 1],
  ])('rejects verification every %i days with a run every %i days', async (verifyEveryDays, runEveryDays) => {
    await expect(plan({ verifyEveryDays, runEveryDays })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: `verifyEveryDays must be greater than runEveryDays, got ${verifyEveryDays} and ${runEveryDays}`,
    });
  });
});

it('lists only as many folders as a run can verify', () => {
  const periods = [{ folders: ['a/', 'b/'] }, { folders: ['c/', 'd/'] }];
  expect(listFolders(periods, 3)).toEqual([{ folder: 'a/' }, { folder: 'b/' }, { folder: 'c/' }]);
});

describe('a period with a statement', () => {
  const planned = async () => (await plan()).periods.length;

  it('is not verified again', async () => {
    archive(aws);
    putStatus(aws);
    putStatement();
    expect(await planned()).toBe(0);
  });

  it('is not verified again if a run of the archiver has written the same status', async () => {
    putStatement();
    await aws.clock.moveTo('2026-11-08T07:00:00.000Z');
    putStatus(aws);
    expect(await planned()).toBe(0);
  });

  it.each([{ status: 'INCOMPLETE' }, { archived: 0 }, { losses: 1 }])(
    'is verified again if the status has changed from %j',
    async (reported) => {
      putStatement({ reported: { status: 'COMPLETE', ...reported } });
      putStatus(aws);
      expect(await planned()).toBe(1);
    },
  );

  it('is verified again if the status has become invalid', async () => {
    putStatement();
    aws.buckets.putObject(BUCKET, STATUS_KEY, 'text');
    expect(await planned()).toBe(1);
  });

  it('is not verified again for an invalid status that the statement has', async () => {
    putStatement({ reported: null });
    aws.buckets.putObject(BUCKET, STATUS_KEY, 'text');
    expect(await planned()).toBe(0);
  });

  it('is verified again if another archiver has a status', async () => {
    putStatus(aws);
    putStatus(aws, { archiver: 'Other' });
    putStatement();
    expect(await planned()).toBe(1);
  });

  it('is not verified again without an archiver', async () => {
    archive(aws);
    putStatement({ archiver: NO_ARCHIVER, reported: null });
    expect(await planned()).toBe(0);
  });

  it('is verified again if its first archiver has a status', async () => {
    archive(aws);
    putStatement({ archiver: NO_ARCHIVER, reported: null });
    putStatus(aws);
    expect((await plan()).periods).toMatchObject([{ archivers: ['Archiver'] }]);
  });

  it('is verified again if the statement is not JSON', async () => {
    putStatus(aws);
    aws.buckets.putObject(BUCKET, statementKey({ ...PLACE, archiver: 'Archiver' }), 'text');
    expect(await planned()).toBe(1);
  });
});

it('counts turns from the last statement of an archiver, not from one without an archiver', async () => {
  putStatement({ archiver: NO_ARCHIVER, reported: null });
  await aws.clock.moveTo('2027-11-08T06:00:00.000Z');
  putStatus(aws);
  putStatement();
  expect((await plan({ run: { ...RUN, startedAt: '2027-11-08T06:00:00.000Z' } })).periods).toEqual([]);
});

it('writes the same plan when it is called again', async () => {
  archive(aws);
  expect(await plan()).toEqual(await plan());
  expect(aws.buckets.listObjects(BUCKET, '_verified/')).toHaveLength(3);
  expect(Date.parse(NOW)).toBe(aws.clock.now());
});
