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
  strangerHoldsSlot,
  tasksHiddenFor,
  throttled,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  unavailable,
  unresolvedName,
} from '@log-archiver/local-aws';
import fc from 'fast-check';
import { synthesizeSample } from '../../src/synthesize';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const RUNS = Number(process.env.RUNS ?? 100);
const SECOND = 1_000;
const HOUR = 3_600;
const monthly = synthesizeSample({});
const LOG_GROUPS = [ORDERS, CHECKOUT, PAYMENTS];
const SCHEDULED = '2026-11-01T18:00:00Z';
/** When all is well again: after everything below. */
const HEALED = Date.parse('2026-11-20T00:00:00Z');

const CALL_FAULTS = {
  throttled,
  unavailable,
  proxyPage: proxyPage(502),
  cutSocket,
  unresolvedName,
  lostAnswer,
  bucketPolicyMissing,
  bucketPolicyInvalid,
};
const FUNCTION_FAULTS = { dies, diesAfterItsCall, timesOut, timesOutAfterItsCall, tooManyInvocations, lambdaUnwell };

const keysOf = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T)[]));
const when = fc.record({
  on: fc.constantFrom<FaultScope['on']>('FIRST_CALL', 'FIRST_TWO_ATTEMPTS', 'EVERY_CALL'),
  afterSeconds: fc.constantFrom(0, 1, 10, 60, 600),
  forSeconds: fc.constantFrom(1, 60, 1_700, 2 * HOUR),
});

/** A world in which anything goes wrong that AWS can do, for a while. */
const world = fc.record({
  callFaults: fc.array(
    fc.record({
      fault: keysOf(CALL_FAULTS),
      of: fc.constantFrom(undefined, 'CreateExportTask', 'DescribeExportTasks'),
      when,
    }),
    { maxLength: 3 },
  ),
  functionFaults: fc.array(
    fc.record({
      fault: keysOf(FUNCTION_FAULTS),
      of: fc.constantFrom(undefined, 'ExportLogToS3', 'CheckExportTask'),
      when,
    }),
    { maxLength: 2 },
  ),
  tasksHiddenSeconds: fc.constantFrom(0, 0, 0, 5, 60, 400),
  strangerSeconds: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(0, 0, 60, 600, 2 * HOUR) },
    { weight: 1, arbitrary: fc.constantFrom(20 * HOUR, 50 * HOUR) },
  ),
  courses: fc.array(
    fc.record({
      logGroupName: fc.constantFrom(...LOG_GROUPS),
      runningSeconds: fc.oneof(
        { weight: 30, arbitrary: fc.constantFrom(0, 1, 20, 300, HOUR) },
        { weight: 1, arbitrary: fc.constant(30 * HOUR) },
      ),
      ends: fc.constantFrom<'COMPLETED' | 'FAILED'>('COMPLETED', 'COMPLETED', 'FAILED'),
    }),
    { maxLength: 4 },
  ),
  missing: fc.boolean(),
  twoAtOnce: fc.boolean(),
});

async function archiverIn({
  callFaults,
  functionFaults,
  ...rest
}: typeof world extends fc.Arbitrary<infer W> ? W : never) {
  const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
  const { aws } = archiver;
  if (!rest.missing) {
    await archiver.createLogGroup(CHECKOUT);
  }
  for (const logGroupName of rest.missing ? [ORDERS, PAYMENTS] : LOG_GROUPS) {
    await archiver.put(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  await aws.clock.moveTo(SCHEDULED);
  const scope = (of: string | undefined, { on, afterSeconds, forSeconds }: (typeof callFaults)[number]['when']) => {
    const from = aws.clock.now() + afterSeconds * SECOND;
    return { ...(of === undefined ? {} : { of }), on, from, until: from + forSeconds * SECOND };
  };
  if (rest.strangerSeconds > 0) {
    strangerHoldsSlot(aws, rest.strangerSeconds);
  }
  for (const { fault, of, when } of callFaults) {
    aws.faults.inject(CALL_FAULTS[fault], scope(of, when));
  }
  for (const { fault, of, when } of functionFaults) {
    aws.functionFaults.inject(FUNCTION_FAULTS[fault], scope(of, when));
  }
  if (rest.tasksHiddenSeconds > 0) {
    const hidden = tasksHiddenFor(rest.tasksHiddenSeconds, aws.clock.now);
    aws.faults.inject(hidden, { of: 'DescribeExportTasks', until: HEALED });
  }
  for (const { logGroupName, ...course } of rest.courses) {
    aws.logs.exportTasks.arrange(logGroupName, course);
  }
  return archiver;
}

describe('whatever goes wrong', () => {
  // Most of the time would go into the stacks of errors that are expected by the thousand.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it(`is never silent, and is made good by the same input once it is over: ${RUNS} worlds`, async () => {
    await fc.assert(
      fc.asyncProperty(world, async (faulty) => {
        const archiver = await archiverIn(faulty);
        const input = { scheduledTime: SCHEDULED };
        const executions = [archiver.start(input), ...(faulty.twoAtOnce ? [archiver.start(input)] : [])];
        for (const execution of executions) {
          await expectNothingSilent(archiver, await archiver.runToEnd(execution), LOG_GROUPS);
        }
        await expectNothingGoesOn(archiver, executions);
        await archiver.aws.clock.moveTo(HEALED);
        // What was arranged for exports that were never started is still ahead.
        let healed = await archiver.run(input);
        for (let again = 0; again < faulty.courses.length && healed.result.status === 'FAILED'; again += 1) {
          await expectNothingSilent(archiver, healed, LOG_GROUPS);
          healed = await archiver.run(input);
        }
        expect(healed.result.status).toBe('SUCCEEDED');
        for (const { logGroupName, status, taskId, destinationPrefix } of healed.outcomes) {
          expect(status).toBe(faulty.missing && logGroupName === CHECKOUT ? 'SKIPPED' : 'ARCHIVED');
          const objects = archiver.aws.files.listObjects(archiver.bucketName, `${destinationPrefix}/${taskId}/`);
          expect(objects).toHaveLength(status === 'ARCHIVED' ? 1 : 0);
        }
      }),
      { numRuns: RUNS },
    );
  }, 1_800_000);
});
