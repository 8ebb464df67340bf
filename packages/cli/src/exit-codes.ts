/** Exit codes of all commands, except after a signal. Documented in the help and in the README. */
export enum ExitCode {
  OK = 0,
  /** The command worked, and its answer is "no", "not all" or "nothing". */
  NO = 1,
  /** The command line is invalid, or AWS rejected a call. */
  ERROR = 2,
}
