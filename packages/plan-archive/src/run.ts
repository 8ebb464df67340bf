import type { PlanArchiveRequest } from '@log-archiver/core';
import type { ArchiveOrder } from './archive-order';
import type { RunFiles, RunStart } from './run-files';
import type { Services } from './services';

/** A run that has started, at one of its pages. */
export interface Run {
  readonly request: PlanArchiveRequest;
  readonly order: ArchiveOrder;
  readonly start: RunStart;
  readonly files: RunFiles;
  readonly services: Services;
  /** When this page is planned. */
  readonly now: number;
}
