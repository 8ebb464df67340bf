/** Numbers of one archiver in one column. */
export interface Result {
  /** Log groups whose export task completed. */
  readonly archived: number;
  /** Log groups that the archiver itself counts as archived when its run ends. */
  readonly known: number;
  /** Log groups among them whose export did not complete. */
  readonly wronglyKnown: number;
  /** Duration of the run. */
  readonly seconds: number;
  /** Share of the run in which a task of the archiver was active, without the time for which another client held the slot. */
  readonly slotUse: number;
  /** State transitions as billed. */
  readonly transitions: number;
  readonly invocations: number;
  readonly billedMs: number;
  /** Calls of CloudWatch Logs. */
  readonly apiCalls: number;
  /** Events of the longest history; `null`: no state machine. */
  readonly historyEvents: number | null;
  /** Dollars per 1,000 log groups and months that are archived and known to be; `null`: there is none. */
  readonly dollars: number | null;
  /** Status of the run, or the name of its error. */
  readonly ending: string;
}

/** Latency that AWS adds. */
export interface Latency {
  /** Milliseconds of a call, there and back. */
  readonly callMs: number;
  /** Milliseconds before a child execution of a Distributed Map enters its first state. */
  readonly childMs: number;
}

export const NO_LATENCY: Latency = { callMs: 0, childMs: 0 };
export const CALL_LATENCY: Latency = { callMs: 50, childMs: 0 };
export const LATENCY: Latency = { callMs: 50, childMs: 1_000 };

/** Assumed duration of an invocation in milliseconds, beside its calls and waits. The same for all archivers. */
export const COMPUTING_MS = 20;
