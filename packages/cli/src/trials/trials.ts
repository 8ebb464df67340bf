import { arnForm } from './items/arn-form';
import { callerKey } from './items/caller-key';
import { emptyMap } from './items/empty-map';
import { encryptionHeaders } from './items/encryption-headers';
import { eventTime } from './items/event-time';
import { failedChild } from './items/failed-child';
import { finishedTasks } from './items/finished-tasks';
import { lastMillisecond } from './items/last-millisecond';
import { nestedMaps } from './items/nested-maps';
import { policySize } from './items/policy-size';
import { principalPath } from './items/principal-path';
import { query } from './items/query';
import { readerPrefix } from './items/reader-prefix';
import { runProgress } from './items/run-progress';
import { streamFolders } from './items/stream-folders';
import { streamOrder } from './items/stream-order';
import { NOT_TRIED } from './not-tried';
import type { AutomatedTrial, ManualTrial } from './trial';

/** Automated trials in the order in which they run: those last whose events have to become exportable first. */
export const AUTOMATED: readonly AutomatedTrial[] = [
  ...[arnForm, callerKey, principalPath, encryptionHeaders, query, policySize],
  ...[failedChild, emptyMap, nestedMaps, readerPrefix, runProgress],
  ...[finishedTasks, streamOrder, lastMillisecond, eventTime, streamFolders],
];

/** Items of the runbook's list. */
export interface Trials {
  readonly automated: readonly AutomatedTrial[];
  readonly manual: readonly ManualTrial[];
}

export const TRIALS: Trials = { automated: AUTOMATED, manual: NOT_TRIED };
