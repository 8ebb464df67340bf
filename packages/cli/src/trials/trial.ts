import type { TrialAccount } from './trial-account';

/** Item of the runbook's list "To try first on a real account". */
export interface TrialItem {
  /** Number in the list. */
  readonly number: number;
  /** Title in the list. */
  readonly title: string;
}

/** An item that the command tries. */
export interface AutomatedTrial extends TrialItem {
  /** Puts what must be there some time before the trial, and returns the trial itself. */
  prepare(account: TrialAccount): Promise<() => Promise<TrialAnswer>>;
}

/** An item that the command cannot try. */
export interface ManualTrial extends TrialItem {
  /** Why the command does not try the item. */
  readonly reason: string;
  /** Instructions for trying it by hand. */
  readonly byHand: string;
}

export type Trial = AutomatedTrial | ManualTrial;

/** AWS's answer to a trial. */
export interface TrialAnswer {
  /** AWS's answer as a literal; `null`: there is none yet, or it is not clear. */
  readonly answer: string | null;
  /** Whether the code works with this answer as it is; `null` without an answer. */
  readonly holds: boolean | null;
  /** One sentence about the answer, or about what to do without one. */
  readonly note: string;
  /** Response of AWS. */
  readonly evidence: unknown;
}

export type TrialStatus = 'HOLDS' | 'DOES_NOT_HOLD' | 'INCONCLUSIVE' | 'NOT_TRIED';

/** Result of an item in the file of results. */
export interface TrialResult extends TrialItem {
  readonly status: TrialStatus;
  readonly answer: string | null;
  readonly note: string;
  readonly evidence: unknown;
}

/** Returns that AWS gave no clear answer. */
export function inconclusive(note: string, evidence: unknown): TrialAnswer {
  return { answer: null, holds: null, note, evidence };
}
