import { expectAllKept } from './promises';
import type { World } from './world';

const HOUR = 3_600;
const FIRST_RUN = { day: 2, after: 0 };

const LOG_GROUP: World['logGroups'][number] = {
  name: '/app/orders',
  logGroupClass: 'STANDARD',
  createdOn: 0,
  retentionInDays: undefined,
  deletedAt: undefined,
  streams: [1, 0, 0],
};

const QUIET: World = {
  latencySeed: undefined,
  itemOrderSeed: 1,
  granularity: 'DAILY',
  archivers: 'ONE',
  logGroups: [LOG_GROUP],
  isEssentialsExported: false,
  isPartlyExpiredRefused: false,
  callFaults: [],
  functionFaults: [],
  courses: [],
  strangers: [],
  tasksHiddenSeconds: 0,
  runs: [],
};

const GIVEN_UP: World['courses'][number] = { logGroup: 0, runningSeconds: 30 * HOUR, ends: 'COMPLETED' };
const QUICK: World['courses'][number] = { ...GIVEN_UP, runningSeconds: 1 };
const LOST_ANSWER: World['callFaults'][number] = {
  fault: 'lostAnswer',
  of: 'CreateExportTask',
  when: { moment: FIRST_RUN, on: 'FIRST_CALL', forSeconds: HOUR },
};
const PLANNER_DOWN: World['functionFaults'][number] = {
  fault: 'lambdaUnwell',
  of: 'PlanArchive',
  when: { moment: FIRST_RUN, on: 'EVERY_CALL', forSeconds: HOUR },
};
const RUN: World['runs'][number] = {
  archiver: 0,
  moment: FIRST_RUN,
  what: 'SCHEDULED',
  daysAgo: 1,
  stoppedAfterSeconds: undefined,
};

const WORLDS: [sentence: string, world: World][] = [
  [
    'names the second copy of a log group that FAILED since AWS showed neither in time',
    {
      ...QUIET,
      functionFaults: [
        {
          fault: 'diesAfterItsCall',
          of: 'ExportLogToS3',
          when: { moment: FIRST_RUN, on: 'FIRST_CALL', forSeconds: 60 },
        },
      ],
      courses: [{ ...QUICK, runningSeconds: 300 }],
      tasksHiddenSeconds: 400,
    },
  ],
  [
    'says in the receipt which days retention took while the item waited for its turn',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 3 }],
      functionFaults: [PLANNER_DOWN],
      strangers: [{ moment: { day: 2, after: 17 * HOUR - 1 }, seconds: 5 * HOUR }],
      runs: [{ ...RUN, moment: { day: 2, after: 17 * HOUR }, what: 'PERIOD', daysAgo: 2 }],
    },
  ],
  [
    'names the second copy that was made while AWS did not show the first, whose answer was lost',
    { ...QUIET, callFaults: [LOST_ANSWER], tasksHiddenSeconds: 12 },
  ],
  [
    'names the task whose answer was lost, and which had failed before it was asked for again',
    { ...QUIET, callFaults: [LOST_ANSWER], courses: [{ logGroup: 0, runningSeconds: 1, ends: 'FAILED' }] },
  ],
  [
    'says that the parts of a log group which was deleted half-way have no receipt',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, deletedAt: { day: 2, after: 24 * HOUR + 400 } }],
      courses: [GIVEN_UP, ...Array(3).fill({ ...QUICK, runningSeconds: 300 })],
    },
  ],
  [
    'does not cut to what is retained what has been exported, and was refused when it was recorded',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 3 }],
      callFaults: [
        {
          fault: 'bucketPolicyInvalid',
          of: 'PutObject',
          when: { moment: { ...FIRST_RUN, after: 1 }, on: 'FIRST_CALL', forSeconds: HOUR },
        },
      ],
    },
  ],
  [
    'does not take the parts of a forced run for those of the run after it',
    {
      ...QUIET,
      // A forced run makes 23 of 24 parts. The scheduled run after it exports the day in vain, too.
      courses: [GIVEN_UP, ...Array(23).fill(QUICK), ...Array(2).fill({ ...QUICK, ends: 'FAILED' }), GIVEN_UP],
      runs: [{ ...RUN, moment: { day: 1, after: 0 }, what: 'FORCED' }],
      functionFaults: [PLANNER_DOWN],
    },
  ],
];

/** What runs said aloud, day by day, and need not have failed at all. */
const RED: typeof WORLDS = [
  [
    'splits a month that was given up into days, without those that are before the log group',
    { ...QUIET, granularity: 'MONTHLY', courses: [GIVEN_UP] },
  ],
  [
    'lets a planner come to its end although each of its calls breaks twice',
    {
      ...QUIET,
      callFaults: [
        {
          fault: 'cutSocket',
          of: undefined,
          when: { moment: { day: 0, after: 0 }, on: 'FIRST_TWO_ATTEMPTS', forSeconds: 72 * HOUR },
        },
      ],
    },
  ],
];

describe('a world in which a promise was broken once', () => {
  it.each(WORLDS)('%s', async (_, world) => {
    await expectAllKept(world);
  });

  it.each(RED)('%s', async (_, world) => {
    const { archivers } = await expectAllKept(world);
    const executions = archivers.flatMap(({ stateMachine }) => stateMachine.executions);
    expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'SUCCEEDED'));
  });
});
