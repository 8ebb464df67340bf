import { DOUBLE, UNUSUAL, type World } from './world';

const HOUR_SECONDS = 3_600;
/** Moment of the last scheduled run on a faulty day. */
export const LAST_RUN = { day: 2, after: 0 };

export const LOG_GROUP: World['logGroups'][number] = {
  name: '/app/orders',
  logGroupClass: 'STANDARD',
  createdOn: 0,
  retentionInDays: undefined,
  retentionChange: undefined,
  deletedAt: undefined,
  recreatedAfterSeconds: undefined,
  streams: [1, 0, 0],
};

export const QUIET: World = {
  latencySeed: undefined,
  itemOrderSeed: 1,
  granularity: 'DAILY',
  archivers: 'ONE',
  logGroups: [LOG_GROUP],
  rangeEnd: 'INCLUSIVE',
  isEssentialsExported: false,
  isPartlyExpiredRefused: false,
  callFaults: [],
  functionFaults: [],
  scriptedExports: [],
  foreignTasks: [],
  tasksHiddenSeconds: 0,
  runs: [],
  lookbackPeriods: undefined,
  adversary: undefined,
};

const GIVEN_UP: World['scriptedExports'][number] = {
  logGroup: 0,
  runningSeconds: 30 * HOUR_SECONDS,
  ends: 'COMPLETED',
  after24Hours: 'FAILED',
  leavesOut: undefined,
};
const QUICK: World['scriptedExports'][number] = { ...GIVEN_UP, runningSeconds: 1 };
const LOST_ANSWER: World['callFaults'][number] = {
  fault: 'lostAnswer',
  of: 'CreateExportTask',
  when: { moment: LAST_RUN, on: 'FIRST_CALL', forSeconds: HOUR_SECONDS },
};
const PLANNER_DOWN: World['functionFaults'][number] = {
  fault: 'serviceError',
  of: 'PlanArchive',
  when: { moment: LAST_RUN, on: 'EVERY_CALL', forSeconds: HOUR_SECONDS },
};
const RUN: World['runs'][number] = {
  archiver: 0,
  moment: LAST_RUN,
  kind: 'SCHEDULED',
  daysAgo: 1,
  stoppedAfterSeconds: undefined,
};

export type NamedWorld = [name: string, world: World];

/** Worlds in which an invariant was broken once. */
export const BROKEN_ONCE: NamedWorld[] = [
  [
    'reports the second task of a log group that failed because AWS hid both tasks',
    {
      ...QUIET,
      functionFaults: [
        {
          fault: 'crashesAfterItsCall',
          of: 'ExportLogToS3',
          when: { moment: LAST_RUN, on: 'FIRST_CALL', forSeconds: 60 },
        },
      ],
      scriptedExports: [{ ...QUICK, runningSeconds: 300 }],
      tasksHiddenSeconds: 400,
    },
  ],
  [
    'counts in the receipt the days that retention deleted while the item waited',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 3 }],
      functionFaults: [PLANNER_DOWN],
      foreignTasks: [{ moment: { day: 2, after: 17 * HOUR_SECONDS - 1 }, seconds: 5 * HOUR_SECONDS }],
      runs: [{ ...RUN, moment: { day: 2, after: 17 * HOUR_SECONDS }, kind: 'PERIOD', daysAgo: 2 }],
    },
  ],
  [
    'reports the second task that was created while AWS hid the first, whose id was lost',
    { ...QUIET, callFaults: [LOST_ANSWER], tasksHiddenSeconds: 12 },
  ],
  [
    'reports a task whose id was lost and that failed before the retry',
    { ...QUIET, callFaults: [LOST_ANSWER], scriptedExports: [{ ...QUICK, ends: 'FAILED' }] },
  ],
  [
    'reports the parts of a log group that was deleted between them',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, deletedAt: { day: 2, after: 24 * HOUR_SECONDS + 400 } }],
      scriptedExports: [GIVEN_UP, ...Array(3).fill({ ...QUICK, runningSeconds: 300 })],
    },
  ],
  [
    'does not cut the range of an exported item whose recording was retried',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 3 }],
      callFaults: [
        {
          fault: 'bucketPolicyInvalid',
          of: 'PutObject',
          when: { moment: { ...LAST_RUN, after: 1 }, on: 'FIRST_CALL', forSeconds: HOUR_SECONDS },
        },
      ],
    },
  ],
  [
    'does not reuse the parts of a forced run in the next run',
    {
      ...QUIET,
      // A forced run creates 23 of 24 parts. The export of the day fails also in the scheduled run after it.
      scriptedExports: [GIVEN_UP, ...Array(23).fill(QUICK), ...Array(2).fill({ ...QUICK, ends: 'FAILED' }), GIVEN_UP],
      runs: [{ ...RUN, moment: { day: 1, after: 0 }, kind: 'FORCED' }],
      functionFaults: [PLANNER_DOWN],
    },
  ],
  [
    'exports a period whose start an earlier, shorter retention has removed',
    {
      ...QUIET,
      logGroups: [
        {
          ...LOG_GROUP,
          retentionInDays: 1,
          retentionChange: { moment: { day: 0, after: 0 }, retentionInDays: 30 },
          streams: [0, 0, 0],
        },
      ],
      isPartlyExpiredRefused: true,
    },
  ],
  [
    'records what a retention has removed that was shortened after the run started',
    {
      ...QUIET,
      granularity: 'MONTHLY',
      logGroups: [
        { ...LOG_GROUP, retentionChange: { moment: { day: 1, after: 1 }, retentionInDays: 1 } },
        { ...LOG_GROUP, name: UNUSUAL },
        { ...LOG_GROUP, name: DOUBLE },
      ],
    },
  ],
  [
    'cuts a range that AWS rejects after the first attempt adopted a task of an earlier run',
    {
      ...QUIET,
      granularity: 'MONTHLY',
      isPartlyExpiredRefused: true,
      logGroups: [{ ...LOG_GROUP, retentionChange: { moment: { day: 1, after: 1 }, retentionInDays: 30 } }],
      scriptedExports: [
        { logGroup: 0, runningSeconds: 0, ends: 'COMPLETED', after24Hours: 'FAILED', leavesOut: 'ALL' },
      ],
    },
  ],
  [
    'records what retention has removed since an empty export that a later run adopts',
    {
      ...QUIET,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 3, streams: [0, 1, 0] }],
      scriptedExports: ([undefined, 'ALL', 'ALL'] as const).map((leavesOut, index) => ({
        ...{
          logGroup: 0,
          runningSeconds: 0,
          ends: index === 2 ? 'FAILED' : 'COMPLETED',
          after24Hours: 'FAILED',
          leavesOut,
        },
      })),
    },
  ],
  [
    'reports a task that AWS first hides and then never ends',
    {
      ...QUIET,
      logGroups: [LOG_GROUP, { ...LOG_GROUP, name: '/31/x' }],
      scriptedExports: [
        { logGroup: 1, runningSeconds: 30 * HOUR_SECONDS, ends: 'FAILED', after24Hours: 'RUNNING', leavesOut: 'ALL' },
      ],
      tasksHiddenSeconds: 600,
    },
  ],
  [
    'reports a loss again after a run that broke off before it told anybody',
    {
      ...QUIET,
      // The run takes 13 s, and the fault begins between its report and the status of the period.
      latencySeed: 1,
      logGroups: [{ ...LOG_GROUP, retentionInDays: 1 }],
      callFaults: [
        {
          fault: 'bucketPolicyMissing',
          of: 'PutObject',
          when: { moment: { ...LAST_RUN, after: 10 }, on: 'FIRST_TWO_ATTEMPTS', forSeconds: 2_400 },
        },
      ],
    },
  ],
  [
    'reports the loss of a log group in the period of its creation, although an earlier log group of the name has lost that time',
    {
      ...QUIET,
      isPartlyExpiredRefused: true,
      logGroups: [
        {
          ...LOG_GROUP,
          streams: [0, 0, 0],
          deletedAt: { day: 1, after: 0 },
          recreatedAfterSeconds: 600,
          retentionChange: { moment: LAST_RUN, retentionInDays: 3 },
        },
      ],
    },
  ],
];

/** Worlds in which runs failed and reported it, although they could have succeeded. */
export const FAILED_ONCE: NamedWorld[] = [
  [
    'splits a month that AWS gave up into days, without the days before the log group',
    { ...QUIET, granularity: 'MONTHLY', scriptedExports: [GIVEN_UP] },
  ],
  [
    'plans to the end although each call of the planner breaks twice',
    {
      ...QUIET,
      callFaults: [
        {
          fault: 'cutSocket',
          of: undefined,
          when: { moment: { day: 0, after: 0 }, on: 'FIRST_TWO_ATTEMPTS', forSeconds: 72 * HOUR_SECONDS },
        },
      ],
    },
  ],
];
