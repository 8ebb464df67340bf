import { createHash } from 'node:crypto';
import {
  bucketPolicyInvalid,
  bucketPolicyMissing,
  cutSocket,
  dies,
  diesAfterItsCall,
  type FaultScope,
  lambdaUnwell,
  lostAnswer,
  proxyPage,
  throttled,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  unavailable,
  unresolvedName,
} from '@log-archiver/local-aws';
import fc from 'fast-check';
import { ARCHIVERS, ORDERS } from './archivers';

/** Days on which events are put and everything may go wrong; the days after them heal. */
export const FAULTY_DAYS = 3;
const HOUR = 3_600;

export const CALL_FAULTS = {
  throttled,
  unavailable,
  proxyPage: proxyPage(502),
  cutSocket,
  unresolvedName,
  lostAnswer,
  bucketPolicyMissing,
  bucketPolicyInvalid,
};
export const FUNCTION_FAULTS = {
  dies,
  diesAfterItsCall,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  lambdaUnwell,
};
const OPERATIONS = [
  'CreateExportTask',
  'DescribeExportTasks',
  'DescribeLogGroups',
  'FilterLogEvents',
  'PutObject',
  'GetObject',
  'ListObjectsV2',
  'ListExecutions',
  'DescribeExecution',
];
const STATES = ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'];

const keysOf = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T & string)[]));
const rarely = <T>(often: T, ...seldom: T[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(often) },
    { weight: seldom.length, arbitrary: fc.constantFrom(...seldom) },
  );
/** A moment in the days in which things go wrong, in seconds since their start; mostly around a scheduled run. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.record({ day: fc.nat(FAULTY_DAYS - 1), after: fc.constantFrom(0, 0, 1, 20, 120, 900) }) },
  { weight: 1, arbitrary: fc.record({ day: fc.nat(FAULTY_DAYS - 1), after: fc.nat(20 * HOUR) }) },
);
const when = fc.record({
  moment,
  on: fc.constantFrom<FaultScope['on']>('FIRST_CALL', 'FIRST_CALL', 'FIRST_TWO_ATTEMPTS', 'EVERY_CALL'),
  forSeconds: fc.constantFrom<number>(1, 60, 600, 2_400),
});

/** Its prefix is made of its name and a hash: another name can be just that, and clashes. */
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
  deletedAt: fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: moment }),
  /** By day: how many log streams have an event then. */
  streams: fc.array(fc.nat(2), { minLength: FAULTY_DAYS, maxLength: FAULTY_DAYS }),
});

/** Days in the life of an archiver, in which anything goes wrong that AWS or people can do. */
export const world = fc.record({
  latencySeed: fc.option(fc.nat(), { nil: undefined }),
  itemOrderSeed: fc.nat(),
  granularity: fc.constantFrom<'DAILY' | 'MONTHLY'>('DAILY', 'DAILY', 'DAILY', 'MONTHLY'),
  /** Two archivers cost as much as two worlds. */
  archivers: fc.oneof(
    { weight: 7, arbitrary: fc.constant('ONE' as const) },
    { weight: 1, arbitrary: keysOf(ARCHIVERS) },
  ),
  logGroups: fc.uniqueArray(logGroup, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  /** Whether AWS exports that class: it does not say. */
  isEssentialsExported: fc.boolean(),
  /** Whether AWS refuses a range that begins before what is retained: it does not say that, either. */
  isPartlyExpiredRefused: fc.boolean(),
  callFaults: fc.array(fc.record({ fault: keysOf(CALL_FAULTS), of: fc.constantFrom(undefined, ...OPERATIONS), when }), {
    maxLength: 3,
  }),
  functionFaults: fc.array(
    fc.record({ fault: keysOf(FUNCTION_FAULTS), of: fc.constantFrom(undefined, ...STATES), when }),
    { maxLength: 2 },
  ),
  courses: fc.array(
    fc.record({
      logGroup: fc.nat(2),
      runningSeconds: fc.oneof(
        { weight: 240, arbitrary: fc.constantFrom(0, 20, 300) },
        // Such an export is given up, and made again hour by hour: it costs as much as fifty others.
        { weight: 1, arbitrary: fc.constant(30 * HOUR) },
      ),
      ends: rarely<'COMPLETED' | 'FAILED' | 'CANCELLED'>('COMPLETED', 'FAILED', 'FAILED', 'CANCELLED'),
    }),
    { maxLength: 3 },
  ),
  strangers: fc.array(fc.record({ moment, seconds: rarely(60, 600, 2 * HOUR, 20 * HOUR) }), { maxLength: 1 }),
  /** Retries wait 10 s: behind a lost answer a task that is hidden for longer is made twice. */
  tasksHiddenSeconds: rarely(0, 5, 30, 600),
  runs: fc.array(
    fc.record({
      archiver: fc.nat(1),
      moment,
      what: fc.constantFrom<'SCHEDULED' | 'PERIOD' | 'FORCED' | 'DRY'>('SCHEDULED', 'PERIOD', 'FORCED', 'DRY'),
      /** How long before a PERIOD or a FORCED run the day is that it archives. */
      daysAgo: fc.constantFrom(1, 2, 3),
      stoppedAfterSeconds: rarely<number | undefined>(undefined, 5, 60),
    }),
    { maxLength: 2 },
  ),
});

export type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
export type Moment = World['runs'][number]['moment'];
