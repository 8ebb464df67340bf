import { cutSocket, lostAnswer, unresolvedName } from '../faults/broken-connections';
import type { FaultScope } from '../faults/fault';
import { proxyPage, throttled, unavailable } from '../faults/wrong-answers';
import {
  crashes,
  crashesAfterItsCall,
  serviceError,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from '../lambda/failed-invocations';
import type { LocalAws } from '../local-aws';
import { bucketPolicyInvalid, bucketPolicyMissing, tasksHiddenFor } from '../logs/exports/export-faults';
import { foreignTaskHoldsSlot, operatorCancelsTask } from './external-actors';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

export interface NamedFault {
  readonly description: string;
  /** Injects the fault from now on. A fault of an export task affects the next one of this log group. */
  inject(aws: LocalAws, logGroupName: string): void;
}

const TWICE: FaultScope = { on: 'FIRST_TWO_ATTEMPTS' };
const FIRST_EXPORT: FaultScope = { of: 'ExportLogToS3', on: 'FIRST_CALL' };

/** Faults that can be selected by name. */
export const NAMED_FAULTS = {
  throttled: {
    description: 'AWS throttles every call twice',
    inject: ({ faults }) => faults.inject(throttled, TWICE),
  },
  unavailable: {
    description: 'AWS answers 500 to every call twice',
    inject: ({ faults }) => faults.inject(unavailable, TWICE),
  },
  outage: {
    description: 'AWS answers 500 to every call about export tasks for an hour, which is longer than all retries',
    inject: ({ faults, clock }) =>
      faults.inject(unavailable, { of: 'ExportTask', until: clock.now() + HOUR_SECONDS * 1_000 }),
  },
  'proxy-page': {
    description: 'a proxy answers every call twice with an HTML page (502)',
    inject: ({ faults }) => faults.inject(proxyPage(502), TWICE),
  },
  'cut-socket': {
    description: 'the connection breaks before every call, twice (ECONNRESET)',
    inject: ({ faults }) => faults.inject(cutSocket, TWICE),
  },
  'unresolved-name': {
    description: 'DNS does not resolve AWS endpoints for 10 minutes (ENOTFOUND)',
    inject: ({ faults, clock }) => faults.inject(unresolvedName, { until: clock.now() + 10 * MINUTE_SECONDS * 1_000 }),
  },
  'lost-answer': {
    description: 'the first export task is created, but the answer to CreateExportTask is lost',
    inject: ({ faults }) => faults.inject(lostAnswer, { of: 'CreateExportTask', on: 'FIRST_CALL' }),
  },
  'task-fails': {
    description: 'the first export task ends with status FAILED, and is retried',
    inject: ({ logs }, logGroupName) => logs.exportTasks.script(logGroupName, { ends: 'FAILED' }),
  },
  'task-cancelled': {
    description: 'an operator cancels the first export task',
    inject: operatorCancelsTask,
  },
  'task-given-up': {
    description: 'the first export task times out after 24 hours, and its range is exported in parts',
    inject: ({ logs }, logGroupName) => logs.exportTasks.script(logGroupName, { runningSeconds: 25 * HOUR_SECONDS }),
  },
  'task-hidden': {
    description: 'DescribeExportTasks does not return an export task in its first minute',
    inject: ({ faults, clock }) =>
      faults.inject(tasksHiddenFor(MINUTE_SECONDS, clock.now), { of: 'DescribeExportTasks' }),
  },
  'slot-taken': {
    description: 'a foreign export task holds the slot for 2 hours',
    inject: (aws) => foreignTaskHoldsSlot(aws, 2 * HOUR_SECONDS),
  },
  'slot-blocked': {
    description: 'foreign export tasks hold the slot for 50 hours, longer than a run waits',
    inject: (aws) => foreignTaskHoldsSlot(aws, 50 * HOUR_SECONDS),
  },
  'bucket-policy-missing': {
    description: 'the bucket policy does not allow CloudWatch Logs to write (AccessDeniedException)',
    inject: ({ faults }) => faults.inject(bucketPolicyMissing, { of: 'CreateExportTask' }),
  },
  'bucket-policy-invalid': {
    description: 'the same, with the error name of 2023 (InvalidParameterException)',
    inject: ({ faults }) => faults.inject(bucketPolicyInvalid, { of: 'CreateExportTask' }),
  },
  'function-dies': {
    description: 'ExportLogToS3 crashes before its first call',
    inject: ({ functionFaults }) => functionFaults.inject(crashes, FIRST_EXPORT),
  },
  'function-dies-late': {
    description: 'ExportLogToS3 crashes after it has created the first export task',
    inject: ({ functionFaults }) => functionFaults.inject(crashesAfterItsCall, FIRST_EXPORT),
  },
  'function-times-out': {
    description: 'ExportLogToS3 times out before its first call',
    inject: ({ functionFaults }) => functionFaults.inject(timesOut, FIRST_EXPORT),
  },
  'function-times-out-late': {
    description: 'ExportLogToS3 times out after it has created the first export task',
    inject: ({ functionFaults }) => functionFaults.inject(timesOutAfterItsCall, FIRST_EXPORT),
  },
  'lambda-throttled': {
    description: 'Lambda throttles the first two attempts of every invocation (Lambda.TooManyRequestsException)',
    inject: ({ functionFaults }) => functionFaults.inject(tooManyInvocations, TWICE),
  },
  'lambda-unwell': {
    description: 'Lambda fails the first two attempts of every invocation (Lambda.ServiceException)',
    inject: ({ functionFaults }) => functionFaults.inject(serviceError, TWICE),
  },
} satisfies Record<string, NamedFault>;

export type FaultName = keyof typeof NAMED_FAULTS;
