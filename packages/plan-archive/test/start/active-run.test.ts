import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import { throttled } from '@log-archiver/local-aws';
import { World, withInput } from '../world';

const ARN = 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver';

/** Starts other runs before and after this one, a second apart, and plans its first page. */
async function planAmong(before: [string, object][], own: object = {}, after: [string, object][] = []) {
  const world = new World(['/app/web']);
  const start = async ([name, input]: [string, object]) => {
    world.startExecution(name, input);
    await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  };
  for (const execution of before) {
    await start(execution);
  }
  const startedAt = new Date(world.aws.clock.now()).toISOString();
  for (const execution of [['monthly', own] as [string, object], ...after]) {
    await start(execution);
  }
  const page = await world.plan({ ...withInput(own), execution: { ...EXECUTION, startedAt } });
  return { page, world };
}

it('ends a scheduled run if an older scheduled run is active', async () => {
  const { page, world } = await planAmong([['older', { scheduledTime: '2026-11-02T03:00:00Z' }]]);

  expect(page).toEqual({
    next: 'STAND_ASIDE',
    number: 0,
    items: [],
    waitUntil: null,
    standsAsideFor: `${ARN}:older`,
    summary: null,
  });
  expect(world.listOperations().slice(0, 2)).toEqual(['ListExecutions', 'DescribeExecution']);
  expect(world.listFiles()).toEqual([]);
});

it('names the oldest active run', async () => {
  const { page } = await planAmong([
    ['named', { period: '2026-09' }],
    ['oldest', {}],
    ['older', { period: null }],
  ]);

  expect(page.standsAsideFor).toBe(`${ARN}:oldest`);
});

it.each<[string, [string, object][], object, [string, object][]]>([
  ['no other run is active', [], {}, []],
  ['the other run is younger', [], {}, [['younger', {}]]],
  ['the other run is for a period', [['older', { period: '2026-09' }]], {}, []],
  ['the other run is a dry run', [['older', { dryRun: true }]], {}, []],
  ['the other run is forced', [['older', { force: true }]], {}, []],
  ['the other run is for some log groups', [['older', { logGroups: [] }]], {}, []],
  ['the run itself is for a period', [['older', {}]], { period: '2026-10' }, []],
  ['the run itself is a dry run', [['older', {}]], { dryRun: true }, []],
  ['the run itself is forced', [['older', {}]], { force: true }, []],
  [
    'the run itself is for some log groups',
    [['older', {}]],
    { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] },
    [],
  ],
])('proceeds when %s', async (_, before, own, after) => {
  const { page } = await planAmong(before, own, after);

  expect(page.next).not.toBe('STAND_ASIDE');
  expect(page.standsAsideFor).toBeNull();
});

it.each([
  ['earlier-name', `${ARN}:earlier-name`, 'STAND_ASIDE'],
  ['zlater-name', null, 'ARCHIVE'],
])('decides by name between two runs of the same instant: %s', async (otherName, standsAsideFor, next) => {
  const world = new World(['/app/web']);
  world.startExecution(otherName, {});
  world.startExecution('monthly', {});

  expect(await world.plan({ execution: { ...EXECUTION, startedAt: NOW } })).toMatchObject({
    next,
    standsAsideFor,
  });
});

it('compares start times as Step Functions lists them, to the millisecond', async () => {
  const world = new World(['/app/web']);
  world.startExecution('monthly', {});
  await world.aws.clock.moveTo(world.aws.clock.now() + 1);
  world.startExecution('younger', {});

  expect(await world.plan({ execution: { ...EXECUTION, startedAt: '2026-11-02T03:00:06Z' } })).toMatchObject({
    next: 'ARCHIVE',
  });
});

it('finds an active run on a later page, after a throttled call', async () => {
  const many = Array.from({ length: 130 }, (_, index): [string, object] => [`named-${index}`, { period: '2026-09' }]);
  const world = new World(['/app/web']);
  world.startExecution('older', {});
  await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  for (const [name, input] of many) {
    world.startExecution(name, input);
  }
  world.aws.faults.injectNext('ListExecutions', throttled);
  const startedAt = new Date(world.aws.clock.now()).toISOString();

  expect(await world.plan({ execution: { ...EXECUTION, startedAt } })).toMatchObject({
    standsAsideFor: `${ARN}:older`,
  });
  expect(world.listOperations().slice(0, 4)).toEqual([...Array(3).fill('ListExecutions'), 'DescribeExecution']);
  expect(world.waits).toEqual([1_000]);
});

it('proceeds if the older run has ended since it was listed', async () => {
  const world = new World(['/app/web']);
  const older = world.startExecution('older', {});
  world.aws.faults.injectNext('DescribeExecution', async (makeCall) => {
    older.stop();
    await older.result;
    return makeCall();
  });
  await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  const startedAt = new Date(world.aws.clock.now()).toISOString();

  expect(await world.plan({ execution: { ...EXECUTION, startedAt } })).toMatchObject({ next: 'ARCHIVE' });
});
