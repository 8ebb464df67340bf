import { cutSocket, lostAnswer, unresolvedName } from '../faults/broken-connections';
import type { FaultScope } from '../faults/fault';
import { bucketPolicyInvalid, bucketPolicyMissing, proxyPage, throttled, unavailable } from '../faults/wrong-answers';
import {
  crashes,
  crashesAfterItsCall,
  serviceError,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from '../lambda/failed-invocations';
import type { LocalAws } from '../local-aws';
import { tasksHiddenFor } from '../logs/exports/export-faults';
import { foreignTaskHoldsSlot, operatorCancelsTask } from './external-actors';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export interface NamedFault {
  readonly description: string;
  /** Lets it happen from now on; if it is one of an export task, to the next one of this log group. */
  inject(aws: LocalAws, logGroupName: string): void;
}

const TWICE: FaultScope = { on: 'FIRST_TWO_ATTEMPTS' };
const FIRST_EXPORT: FaultScope = { of: 'ExportLogToS3', on: 'FIRST_CALL' };

/** The faults that can be asked for by name. */
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
    description: 'AWS answers 500 to every call about export tasks for an hour, longer than the retries last',
    inject: ({ faults, clock }) => faults.inject(unavailable, { of: 'ExportTask', until: clock.now() + HOUR * 1_000 }),
  },
  'proxy-page': {
    description: 'every call is answered twice by a proxy, with an HTML page (502)',
    inject: ({ faults }) => faults.inject(proxyPage(502), TWICE),
  },
  'cut-socket': {
    description: 'the connection breaks before every call, twice (ECONNRESET)',
    inject: ({ faults }) => faults.inject(cutSocket, TWICE),
  },
  'unresolved-name': {
    description: 'DNS does not know AWS for 10 minutes (ENOTFOUND)',
    inject: ({ faults, clock }) => faults.inject(unresolvedName, { until: clock.now() + 10 * MINUTE * 1_000 }),
  },
  'lost-answer': {
    description: 'the first export task is created, and the answer that says so is lost',
    inject: ({ faults }) => faults.inject(lostAnswer, { of: 'CreateExportTask', on: 'FIRST_CALL' }),
  },
  'task-fails': {
    description: 'the first export task ends FAILED; a second one is tried',
    inject: ({ logs }, logGroupName) => logs.exportTasks.script(logGroupName, { ends: 'FAILED' }),
  },
  'task-cancelled': {
    description: 'somebody cancels the first export task',
    inject: operatorCancelsTask,
  },
  'task-given-up': {
    description: 'the first export task takes 24 hours, and AWS gives it up; its parts are exported',
    inject: ({ logs }, logGroupName) => logs.exportTasks.script(logGroupName, { runningSeconds: 25 * HOUR }),
  },
  'task-hidden': {
    description: 'AWS does not show an export task in its first minute',
    inject: ({ faults, clock }) => faults.inject(tasksHiddenFor(MINUTE, clock.now), { of: 'DescribeExportTasks' }),
  },
  'slot-taken': {
    description: "somebody else's export task holds the slot for 2 hours",
    inject: (aws) => foreignTaskHoldsSlot(aws, 2 * HOUR),
  },
  'slot-blocked': {
    description: "somebody else's export tasks hold the slot for 50 hours, longer than a run waits",
    inject: (aws) => foreignTaskHoldsSlot(aws, 50 * HOUR),
  },
  'bucket-policy-missing': {
    description: 'CloudWatch Logs may not write to the bucket (AccessDeniedException)',
    inject: ({ faults }) => faults.inject(bucketPolicyMissing, { of: 'CreateExportTask' }),
  },
  'bucket-policy-invalid': {
    description: 'the same, as AWS called it in 2023 (InvalidParameterException)',
    inject: ({ faults }) => faults.inject(bucketPolicyInvalid, { of: 'CreateExportTask' }),
  },
  'function-dies': {
    description: 'ExportLogToS3 dies before its first call',
    inject: ({ functionFaults }) => functionFaults.inject(crashes, FIRST_EXPORT),
  },
  'function-dies-late': {
    description: 'ExportLogToS3 dies when it has created the first export task',
    inject: ({ functionFaults }) => functionFaults.inject(crashesAfterItsCall, FIRST_EXPORT),
  },
  'function-times-out': {
    description: 'ExportLogToS3 times out before its first call',
    inject: ({ functionFaults }) => functionFaults.inject(timesOut, FIRST_EXPORT),
  },
  'function-times-out-late': {
    description: 'ExportLogToS3 times out when it has created the first export task',
    inject: ({ functionFaults }) => functionFaults.inject(timesOutAfterItsCall, FIRST_EXPORT),
  },
  'lambda-throttled': {
    description: 'Lambda invokes no function at the first two attempts (Lambda.TooManyRequestsException)',
    inject: ({ functionFaults }) => functionFaults.inject(tooManyInvocations, TWICE),
  },
  'lambda-unwell': {
    description: 'Lambda fails to invoke any function at the first two attempts (Lambda.ServiceException)',
    inject: ({ functionFaults }) => functionFaults.inject(serviceError, TWICE),
  },
} satisfies Record<string, NamedFault>;

export type FaultName = keyof typeof NAMED_FAULTS;
