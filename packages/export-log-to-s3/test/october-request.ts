import type { ClientOptions } from '@log-archiver/aws-clients/create-clients';
import { EXECUTION, OCTOBER_ITEM, startLocalAws } from '@log-archiver/aws-clients/testing';
import type { ArchiveItem, ExportLogToS3Request } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';

/** Request that the state machine sends on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: ExportLogToS3Request = {
  item: OCTOBER_ITEM,
  s3BucketName: 'archive',
  execution: EXECUTION.id,
};

/** Returns `OCTOBER_REQUEST` with changes to its item. */
export function octoberRequest(overrides: Partial<ArchiveItem>): ExportLogToS3Request {
  return { ...OCTOBER_REQUEST, item: { ...OCTOBER_ITEM, ...overrides } };
}

/** Starts an account with the log group of `OCTOBER_REQUEST`, and another one. */
export function startTwoLogGroups(now?: string): LocalAws {
  return startLocalAws({ now, logGroupNames: ['/app/web', '/app/other'] });
}

/** Options of a function on a local AWS, whose waits move the clock of the account. */
export function waitOn({ requestHandler, clock }: LocalAws): ClientOptions {
  const wait = (milliseconds: number) => clock.moveTo(clock.now() + milliseconds);
  return { requestHandler, now: clock.now, wait };
}
