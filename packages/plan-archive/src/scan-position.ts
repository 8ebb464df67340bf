/** How far a run has looked: everything before this log group and period is decided. */
export interface ScanPosition {
  /** Index of the period; that after the last one: nothing is left. */
  period: number;
  /** Index of the file of log groups. */
  file: number;
  /** Index in the file. */
  offset: number;
}

export const START: ScanPosition = { period: 0, file: 0, offset: 0 };
