import { EXECUTION, OCTOBER_ITEM, readJson } from '@log-archiver/aws-clients/testing';
import type { PeriodStatus } from '@log-archiver/core';
import { ArchiverStore } from '../src/archiver-store';
import { incarnation } from './found-log-group';
import { createReceiptProperties } from './report/entries';
import { REQUEST, World } from './world';

const PREFIX = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/';

let world: World;
let archiver: ArchiverStore;
beforeEach(() => {
  world = new World();
  archiver = new ArchiverStore(world.clients, REQUEST);
});

describe('the checkpoint', () => {
  const CHECKPOINT = { until: '2026-10-31T14:59:59.999Z', incomplete: ['2026-09'], warnings: ['a'], split: ['/a'] };

  it('is undefined before it is written', async () => {
    expect(await archiver.readCheckpoint()).toBeUndefined();
  });

  it('is what was written last', async () => {
    await archiver.writeCheckpoint({ ...CHECKPOINT, incomplete: [] });
    await archiver.writeCheckpoint(CHECKPOINT);

    expect(await archiver.readCheckpoint()).toEqual({ format: 1, ...CHECKPOINT, execution: EXECUTION.id });
    expect(readJson(world.aws, `${PREFIX}checkpoint.json`)).toMatchObject(CHECKPOINT);
  });

  it('names the run that writes it, not the one that wrote it before', async () => {
    const earlier = { ...CHECKPOINT, format: 1, execution: 'earlier' };
    await archiver.writeCheckpoint(earlier);

    expect(await archiver.readCheckpoint()).toMatchObject({ execution: EXECUTION.id });
  });
});

describe('the seen log groups', () => {
  it('are none before they are written', async () => {
    expect(await archiver.readSeenLogGroups()).toEqual(new Map());
  });

  it('are returned by name, even by one that is the name of a property', async () => {
    const all = ['/app/web', '__proto__'].map((logGroupName) => ({
      ...{ logGroupName, s3Prefix: 'x', incarnations: [incarnation(0, 1)] },
    }));
    await archiver.writeSeenLogGroups(all);

    expect(await archiver.readSeenLogGroups()).toEqual(new Map(all.map((each) => [each.logGroupName, each])));
    expect(readJson(world.aws, `${PREFIX}log-groups.json`)).toEqual({ format: 1, logGroups: all });
  });
});

describe('the status of a period', () => {
  it('is undefined before it is written', async () => {
    expect(await archiver.readPeriodStatus('2026-10')).toBeUndefined();
  });

  it('replaces an earlier one', async () => {
    await archiver.writePeriodStatus({ period: '2026-10', complete: false } as PeriodStatus);
    await archiver.writePeriodStatus({ period: '2026-10', complete: true } as PeriodStatus);

    expect(await archiver.readPeriodStatus('2026-10')).toEqual({ period: '2026-10', complete: true });
    expect(readJson(world.aws, `${PREFIX}2026-10.json`)).toEqual({ period: '2026-10', complete: true });
  });
});

describe('the receipts of a period', () => {
  const RECEIPT = { etag: '1', ...createReceiptProperties() };
  const INVALID = { etag: '2', invalid: 'receipt must be JSON' };

  it('are none before they are written', async () => {
    expect(await archiver.readPeriodReceipts(OCTOBER_ITEM.period)).toEqual(new Map());
  });

  it('are written as all callers have changed them', async () => {
    (await archiver.readPeriodReceipts('2026-10')).set('a@1.json', RECEIPT);
    (await archiver.readPeriodReceipts('2026-10')).set('b@1.json', INVALID);
    await archiver.writePeriodReceipts('2026-10');
    const later = new ArchiverStore(world.clients, REQUEST);

    expect(await later.readPeriodReceipts('2026-10')).toEqual(
      new Map<string, object>([
        ['a@1.json', RECEIPT],
        ['b@1.json', INVALID],
      ]),
    );
    expect(readJson(world.aws, `${PREFIX}2026-10.receipts.json`)).toEqual({
      ...{ format: 2, receipts: { 'a@1.json': RECEIPT, 'b@1.json': INVALID } },
    });
  });

  it('are read again if an earlier version wrote them, because it did not validate them', async () => {
    const content = { format: 1, receipts: { 'a@1.json': createReceiptProperties() } };
    world.aws.buckets.putObject('archive', `${PREFIX}2026-10.receipts.json`, JSON.stringify(content));

    expect(await archiver.readPeriodReceipts('2026-10')).toEqual(new Map());
  });
});

describe('the secret of the task names', () => {
  it('is random, and stays the same', async () => {
    const secret = await archiver.readTaskSecret();

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await new ArchiverStore(world.clients, REQUEST).readTaskSecret()).toBe(secret);
    expect(await new ArchiverStore(new World().clients, REQUEST).readTaskSecret()).not.toBe(secret);
  });

  it('is that of the first run, if two runs start at the same time', async () => {
    const secrets = await Promise.all([archiver.readTaskSecret(), archiver.readTaskSecret()]);

    expect(new Set(secrets).size).toBe(1);
  });
});
