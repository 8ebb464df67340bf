/** Result of an execution. */
export type ExecutionResult =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string }
  | { status: 'ABORTED'; error?: string; cause?: string }
  | { status: 'TIMED_OUT' };

export type ExecutionStatus = 'RUNNING' | ExecutionResult['status'];
