import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { PlanArchiveRequest } from '@log-archiver/core';
import type { ArchiveOrder } from './run-input';
import type { RunFiles, RunStart } from './run-store';

/** A run that has started, at one of its pages. */
export interface Run {
  readonly request: PlanArchiveRequest;
  readonly order: ArchiveOrder;
  readonly start: RunStart;
  readonly files: RunFiles;
  readonly services: Clients;
  /** When this page is planned. */
  readonly now: number;
}
