import { createHash } from 'node:crypto';
import {
  accessDenied,
  bucketPolicyInvalid,
  bucketPolicyMissing,
  crashes,
  crashesAfterItsCall,
  cutSocket,
  type FaultScope,
  lostAnswer,
  proxyPage,
  serviceError,
  throttled,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  unavailable,
  unresolvedName,
} from '@log-archiver/local-aws';
import fc from 'fast-check';
import { ARCHIVERS, ORDERS } from './archivers';

/** Number of days with events and faults. No fault happens on the days after them. */
export const FAULTY_DAYS = 3;
const HOUR_SECONDS = 3_600;

export const CALL_FAULTS = {
  throttled,
  unavailable,
  proxyPage: proxyPage(502),
  cutSocket,
  unresolvedName,
  lostAnswer,
  bucketPolicyMissing,
  bucketPolicyInvalid,
  accessDenied,
};
export const FUNCTION_FAULTS = {
  crashes,
  crashesAfterItsCall,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  serviceError,
};
const OPERATIONS = [
  'CreateExportTask',
  'DescribeExportTasks',
  'DescribeLogGroups',
  'FilterLogEvents',
  'DescribeLogStreams',
  'StartQuery',
  'GetQueryResults',
  'PutObject',
  'GetObject',
  'ListObjectsV2',
  'ListExecutions',
  'DescribeExecution',
];
const STATES = ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'];

const chooseKey = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T & string)[]));
const rarely = <T>(often: T, ...seldom: T[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(often) },
    { weight: seldom.length, arbitrary: fc.constantFrom(...seldom) },
  );
/** A moment on a faulty day, in seconds after its scheduled run; mostly close to that run. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.record({ day: fc.nat(FAULTY_DAYS - 1), after: fc.constantFrom(0, 0, 1, 20, 120, 900) }) },
  { weight: 1, arbitrary: fc.record({ day: fc.nat(FAULTY_DAYS - 1), after: fc.nat(20 * HOUR_SECONDS) }) },
);
const when = fc.record({
  moment,
  on: fc.constantFrom<FaultScope['on']>('FIRST_CALL', 'FIRST_CALL', 'FIRST_TWO_ATTEMPTS', 'EVERY_CALL'),
  forSeconds: fc.constantFrom<number>(1, 60, 600, 2_400),
});

/** A name whose S3 prefix is the name and a hash. `DOUBLE` is the name that clashes with that prefix. */
export const UNUSUAL = 'app/orders';
export const DOUBLE = `/app/orders-${createHash('sha256').update(UNUSUAL).digest('hex').slice(0, 8)}`;
const LONGEST = `/app/${'x'.repeat(507)}`;

const logGroup = fc.record({
  name: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(ORDERS, LONGEST, 'a/b', '/31/x') },
    { weight: 1, arbitrary: fc.constantFrom(UNUSUAL, DOUBLE) },
  ),
  logGroupClass: rarely<'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY' | 'ESSENTIALS'>(
    'STANDARD',
    'INFREQUENT_ACCESS',
    'DELIVERY',
    'ESSENTIALS',
  ),
  createdOn: rarely(0, 1, 2),
  retentionInDays: rarely<number | undefined>(undefined, 1, 3, 30),
  /** A shorter or longer retention from a moment on. */
  retentionChange: fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ moment, retentionInDays: fc.constantFrom(1, 3, 30) }) },
  ),
  deletedAt: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: moment }),
  /** Time between the deletion and a log group of the same name. */
  recreatedAfterSeconds: fc.constantFrom<number | undefined>(undefined, 0, 600, 6 * HOUR_SECONDS, 30 * HOUR_SECONDS),
  /** Number of log streams with events, by day. */
  streams: fc.array(fc.nat(2), { minLength: FAULTY_DAYS, maxLength: FAULTY_DAYS }),
});

const attack = fc.record({
  moment,
  /** Operation whose next call the adversary waits for before it acts, or next calls if `isRepeated`. */
  after: fc.constantFrom(undefined, 'CreateExportTask', 'CreateExportTask', 'DescribeExportTasks', 'PutObject'),
  isRepeated: fc.boolean(),
  /** Positions of the attacked item in the lists. */
  archiver: fc.nat(1),
  logGroup: fc.nat(2),
  period: fc.nat(FAULTY_DAYS - 1),
  deed: fc.oneof(
    fc.record({
      on: fc.constant('BUCKET' as const),
      what: fc.constantFrom<'RECEIPT' | 'PART_RECORD' | 'PERIOD_STATUS' | 'TASK_SECRET' | 'OBJECT'>(
        ...(['RECEIPT', 'RECEIPT', 'PART_RECORD', 'PERIOD_STATUS', 'TASK_SECRET', 'OBJECT'] as const),
      ),
      how: fc.constantFrom<'FORGE' | 'COPY' | 'EMPTY' | 'DELETE'>('FORGE', 'COPY', 'EMPTY', 'DELETE'),
    }),
    fc.record({
      on: fc.constant('EXPORT' as const),
      /** `REPLACE`: the archiver's task is cancelled, and a copy takes its place. */
      what: fc.constantFrom<'CANCEL' | 'COPY' | 'REPLACE' | 'GUESS'>('CANCEL', 'COPY', 'REPLACE', 'REPLACE', 'GUESS'),
      /** Differences from the archiver's task. */
      streams: fc.constantFrom(undefined, 'day/0', 'day/1', 'day/0/0', 'none'),
      isRangeCut: rarely(false, true),
      into: rarely<'ARCHIVE' | 'RECEIPTS' | 'OWN_BUCKET'>('ARCHIVE', 'RECEIPTS', 'OWN_BUCKET'),
      runningSeconds: fc.constantFrom(1, 1, 300),
    }),
  ),
});

/**
 * Some days of an account: archivers, log groups, and the faults of AWS and of people.
 *
 * The order of the fields decides which worlds a seed draws.
 */
export const world = fc.record({
  latencySeed: fc.option(fc.nat(), { nil: undefined }),
  itemOrderSeed: fc.nat(),
  granularity: fc.constantFrom<'DAILY' | 'MONTHLY'>('DAILY', 'DAILY', 'DAILY', 'MONTHLY'),
  /** Mostly one archiver, because two take as long as two worlds. */
  archivers: fc.oneof(
    { weight: 7, arbitrary: fc.constant('ONE' as const) },
    { weight: 1, arbitrary: chooseKey(ARCHIVERS) },
  ),
  logGroups: fc.uniqueArray(logGroup, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  /** Whether AWS includes the end of a range: its API reference and its user guide differ. */
  rangeEnd: fc.constantFrom<'INCLUSIVE' | 'EXCLUSIVE'>('INCLUSIVE', 'EXCLUSIVE'),
  /** Whether AWS exports the class `ESSENTIALS`, which it does not document. */
  isEssentialsExported: fc.boolean(),
  /** Whether AWS rejects a range that begins before the retained events, which it does not document either. */
  isPartlyExpiredRefused: fc.boolean(),
  callFaults: fc.array(
    fc.record({ fault: chooseKey(CALL_FAULTS), of: fc.constantFrom(undefined, ...OPERATIONS), when }),
    {
      maxLength: 3,
    },
  ),
  functionFaults: fc.array(
    fc.record({ fault: chooseKey(FUNCTION_FAULTS), of: fc.constantFrom(undefined, ...STATES), when }),
    { maxLength: 2 },
  ),
  scriptedExports: fc.array(
    fc.record({
      logGroup: fc.nat(2),
      runningSeconds: fc.oneof(
        { weight: 240, arbitrary: fc.constantFrom(0, 20, 300) },
        // AWS gives up such an export, and it is repeated hour by hour: it takes as long as fifty others.
        { weight: 1, arbitrary: fc.constant(30 * HOUR_SECONDS) },
        // With a short retention, such an export lets the archiver fall behind.
        { weight: 3, arbitrary: fc.constant(10 * HOUR_SECONDS) },
      ),
      ends: rarely<'COMPLETED' | 'FAILED' | 'CANCELLED'>('COMPLETED', 'FAILED', 'FAILED', 'CANCELLED'),
      after24Hours: fc.constantFrom<'FAILED' | 'CANCELLED' | 'RUNNING'>('FAILED', 'CANCELLED', 'RUNNING'),
      leavesOut: rarely<'ALL' | string[] | undefined>(undefined, 'ALL', ['day/0/0', 'day/1/0', 'day/2/0']),
    }),
    { maxLength: 3 },
  ),
  foreignTasks: fc.array(fc.record({ moment, seconds: rarely(60, 600, 2 * HOUR_SECONDS, 20 * HOUR_SECONDS) }), {
    maxLength: 1,
  }),
  /** Retries wait 10 s. If an answer is lost, a task that is hidden for longer is created twice. */
  tasksHiddenSeconds: rarely(0, 5, 30, 600),
  runs: fc.array(
    fc.record({
      archiver: fc.nat(1),
      moment,
      kind: fc.constantFrom<'SCHEDULED' | 'PERIOD' | 'FORCED' | 'DRY'>('SCHEDULED', 'PERIOD', 'FORCED', 'DRY'),
      /** Age of the day that a `PERIOD` or `FORCED` run archives. */
      daysAgo: fc.constantFrom(1, 2, 3),
      stoppedAfterSeconds: rarely<number | undefined>(undefined, 5, 60),
    }),
    { maxLength: 2 },
  ),
  /** With one period, only the checkpoint leads a run back to an incomplete period. */
  lookbackPeriods: fc.constantFrom(undefined, 1),
  /** A principal outside the path of the archivers' roles. If there is one, the bucket is an `ArchiveBucket`. */
  adversary: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        /** Path and name of its role, which is not under the path of the archivers' roles. */
        role: fc.constantFrom('Ordinary', 'log-archiver-record-archive', 'x/log-archiver/record-archive/Ordinary'),
        /** Whether the caller of CreateExportTask needs permission to write, as AWS documents. No proof may depend on it. */
        isExportCallerChecked: fc.boolean(),
        attacks: fc.array(attack, { minLength: 3, maxLength: 8 }),
      }),
    },
  ),
});

export type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
export type Moment = World['runs'][number]['moment'];
export type Attack = NonNullable<World['adversary']>['attacks'][number];
