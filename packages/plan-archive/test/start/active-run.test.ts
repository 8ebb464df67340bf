import { throttled } from '@log-archiver/local-aws';
import { EXECUTION, NOW, type World as TheWorld, World, withInput } from '../world';

const ARN = 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver';

/** Starts this run and others, a second apart, and asks whether it stands aside. */
async function standsAsideFor(before: [string, object][], own: object = {}, after: [string, object][] = []) {
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

it('a scheduled run stands aside for an older one that is scheduled, too, and writes nothing', async () => {
  const { page, world } = await standsAsideFor([['older', { scheduledTime: '2026-11-02T03:00:00Z' }]]);

  expect(page).toEqual({
    next: 'STAND_ASIDE',
    number: 0,
    items: [],
    waitUntil: null,
    standsAsideFor: `${ARN}:older`,
    summary: null,
  });
  expect(world.operations()).toEqual(['ListExecutions', 'DescribeExecution']);
});

it('it stands aside for the oldest', async () => {
  const { page } = await standsAsideFor([
    ['named', { period: '2026-09' }],
    ['oldest', {}],
    ['older', { period: null }],
  ]);

  expect(page.standsAsideFor).toBe(`${ARN}:oldest`);
});

it.each<[string, [string, object][], object, [string, object][]]>([
  ['no other one is at work', [], {}, []],
  ['the other one is younger', [], {}, [['younger', {}]]],
  ['the other one is for a period', [['older', { period: '2026-09' }]], {}, []],
  ['the other one is a dry run', [['older', { dryRun: true }]], {}, []],
  ['the other one is by force', [['older', { force: true }]], {}, []],
  ['the other one is for some log groups', [['older', { logGroups: [] }]], {}, []],
  ['it is for a period itself', [['older', {}]], { period: '2026-10' }, []],
  ['it is a dry run itself', [['older', {}]], { dryRun: true }, []],
  ['it is by force itself', [['older', {}]], { force: true }, []],
  [
    'it is for some log groups itself',
    [['older', {}]],
    { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] },
    [],
  ],
])('it goes to work when %s', async (_, before, own, after) => {
  const { page } = await standsAsideFor(before, own, after);

  expect(page.next).not.toBe('STAND_ASIDE');
  expect(page.standsAsideFor).toBeNull();
});

it.each([
  ['a-earlier name', `${ARN}:a-earlier name`.replace(' ', '-'), 'STAND_ASIDE'],
  ['z-later name', null, 'ARCHIVE'],
])('of two that started at the same instant the one with the %s works', async (label, standsAside, next) => {
  const world = new World(['/app/web']);
  world.startExecution(label.replace(' ', '-'), {});
  world.startExecution('monthly', {});

  expect(await world.plan({ execution: { ...EXECUTION, startedAt: NOW } })).toMatchObject({
    next,
    standsAsideFor: standsAside,
  });
});

it('when it started is what Step Functions lists, to the millisecond of the others', async () => {
  const world = new World(['/app/web']);
  world.startExecution('monthly', {});
  await world.aws.clock.moveTo(world.aws.clock.now() + 1);
  world.startExecution('younger', {});

  expect(await world.plan({ execution: { ...EXECUTION, startedAt: '2026-11-02T03:00:06Z' } })).toMatchObject({
    next: 'ARCHIVE',
  });
});

it('one that is on another page of those at work is seen, though AWS throttles', async () => {
  const many = Array.from({ length: 130 }, (_, index): [string, object] => [`named-${index}`, { period: '2026-09' }]);
  const world: TheWorld = new World(['/app/web']);
  world.startExecution('older', {});
  await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  for (const [name, input] of many) {
    world.startExecution(name, input);
  }
  world.aws.faults.arrange('ListExecutions', throttled);
  const startedAt = new Date(world.aws.clock.now()).toISOString();

  expect(await world.plan({ execution: { ...EXECUTION, startedAt } })).toMatchObject({
    standsAsideFor: `${ARN}:older`,
  });
  expect(world.operations()).toEqual([...Array(3).fill('ListExecutions'), 'DescribeExecution']);
  expect(world.waits).toEqual([1_000]);
});

it('one that has ended meanwhile is no reason', async () => {
  const world = new World(['/app/web']);
  const older = world.startExecution('older', {});
  world.aws.faults.arrange('DescribeExecution', async (makeCall) => {
    older.stop();
    await older.result;
    return makeCall();
  });
  await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  const startedAt = new Date(world.aws.clock.now()).toISOString();

  expect(await world.plan({ execution: { ...EXECUTION, startedAt } })).toMatchObject({ next: 'ARCHIVE' });
});
