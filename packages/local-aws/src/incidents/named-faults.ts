import { cutSocket, lostAnswer, unresolvedName } from '../faults/broken-connections';
import type { FaultScope } from '../faults/fault';
import { bucketPolicyInvalid, bucketPolicyMissing, proxyPage, throttled, unavailable } from '../faults/wrong-answers';
import {
  dies,
  diesAfterItsCall,
  lambdaUnwell,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from '../lambda/failed-invocations';
import type { LocalAws } from '../local-aws';
import { tasksHiddenFor } from '../logs/exports/export-faults';
import { cancelByHand, strangerHoldsSlot } from './external-actors';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export interface NamedFault {
  readonly description: string;
  /** Lets it happen from now on; if it is one of an export task, to the next one of this log group. */
  arrange(aws: LocalAws, logGroupName: string): void;
}

const TWICE: FaultScope = { on: 'FIRST_TWO_ATTEMPTS' };
const FIRST_EXPORT: FaultScope = { of: 'ExportLogToS3', on: 'FIRST_CALL' };

/** The faults that can be asked for by name. */
export const NAMED_FAULTS = {
  throttled: {
    description: 'AWS throttles every call twice',
    arrange: ({ faults }) => faults.inject(throttled, TWICE),
  },
  unavailable: {
    description: 'AWS answers 500 to every call twice',
    arrange: ({ faults }) => faults.inject(unavailable, TWICE),
  },
  outage: {
    description: 'AWS answers 500 to every call about export tasks for an hour, longer than the retries last',
    arrange: ({ faults, clock }) => faults.inject(unavailable, { of: 'ExportTask', until: clock.now() + HOUR * 1_000 }),
  },
  'proxy-page': {
    description: 'every call is answered twice by a proxy, with an HTML page (502)',
    arrange: ({ faults }) => faults.inject(proxyPage(502), TWICE),
  },
  'cut-socket': {
    description: 'the connection breaks before every call, twice (ECONNRESET)',
    arrange: ({ faults }) => faults.inject(cutSocket, TWICE),
  },
  'unresolved-name': {
    description: 'DNS does not know AWS for 10 minutes (ENOTFOUND)',
    arrange: ({ faults, clock }) => faults.inject(unresolvedName, { until: clock.now() + 10 * MINUTE * 1_000 }),
  },
  'lost-answer': {
    description: 'the first export task is created, and the answer that says so is lost',
    arrange: ({ faults }) => faults.inject(lostAnswer, { of: 'CreateExportTask', on: 'FIRST_CALL' }),
  },
  'task-fails': {
    description: 'the first export task ends FAILED; a second one is tried',
    arrange: ({ logs }, logGroupName) => logs.exportTasks.arrange(logGroupName, { ends: 'FAILED' }),
  },
  'task-cancelled': {
    description: 'somebody cancels the first export task',
    arrange: cancelByHand,
  },
  'task-given-up': {
    description: 'the first export task takes 24 hours, and AWS gives it up; its parts are exported',
    arrange: ({ logs }, logGroupName) => logs.exportTasks.arrange(logGroupName, { runningSeconds: 25 * HOUR }),
  },
  'task-hidden': {
    description: 'AWS does not show an export task in its first minute',
    arrange: ({ faults, clock }) => faults.inject(tasksHiddenFor(MINUTE, clock.now), { of: 'DescribeExportTasks' }),
  },
  'slot-taken': {
    description: "somebody else's export task holds the slot for 2 hours",
    arrange: (aws) => strangerHoldsSlot(aws, 2 * HOUR),
  },
  'slot-blocked': {
    description: "somebody else's export tasks hold the slot for 50 hours, longer than a run waits",
    arrange: (aws) => strangerHoldsSlot(aws, 50 * HOUR),
  },
  'bucket-policy-missing': {
    description: 'CloudWatch Logs may not write to the bucket (AccessDeniedException)',
    arrange: ({ faults }) => faults.inject(bucketPolicyMissing, { of: 'CreateExportTask' }),
  },
  'bucket-policy-invalid': {
    description: 'the same, as AWS called it in 2023 (InvalidParameterException)',
    arrange: ({ faults }) => faults.inject(bucketPolicyInvalid, { of: 'CreateExportTask' }),
  },
  'function-dies': {
    description: 'ExportLogToS3 dies before its first call',
    arrange: ({ functionFaults }) => functionFaults.inject(dies, FIRST_EXPORT),
  },
  'function-dies-late': {
    description: 'ExportLogToS3 dies when it has created the first export task',
    arrange: ({ functionFaults }) => functionFaults.inject(diesAfterItsCall, FIRST_EXPORT),
  },
  'function-times-out': {
    description: 'ExportLogToS3 times out before its first call',
    arrange: ({ functionFaults }) => functionFaults.inject(timesOut, FIRST_EXPORT),
  },
  'function-times-out-late': {
    description: 'ExportLogToS3 times out when it has created the first export task',
    arrange: ({ functionFaults }) => functionFaults.inject(timesOutAfterItsCall, FIRST_EXPORT),
  },
  'lambda-throttled': {
    description: 'Lambda invokes no function at the first two attempts (Lambda.TooManyRequestsException)',
    arrange: ({ functionFaults }) => functionFaults.inject(tooManyInvocations, TWICE),
  },
  'lambda-unwell': {
    description: 'Lambda fails to invoke any function at the first two attempts (Lambda.ServiceException)',
    arrange: ({ functionFaults }) => functionFaults.inject(lambdaUnwell, TWICE),
  },
} satisfies Record<string, NamedFault>;

export type FaultName = keyof typeof NAMED_FAULTS;
