import type { LossCause, SkipReason } from '../contract';

/** Explanations of the reasons why there is nothing to archive, or nothing any more. */
export const REASONS: Record<SkipReason | LossCause, string> = {
  LogGroupNotFound: 'the log group does not exist, and is passed over',
  CreatedLater: 'the log group was created after the period',
  ClassNotExportable: 'AWS does not export log groups of this class',
  RetentionExpired: 'the retention of the log group removed the events before their export',
  LogGroupDeleted: 'the log group was deleted before its export',
  LogGroupRecreated: 'the log group was deleted and created again before its export',
};
