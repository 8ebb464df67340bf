/** An event of an execution that the interpreter logs. */
export interface ExecutionEvent {
  type: string;
  timestamp: number;
  /** Index of the Map's item, for an event of a child execution. */
  index?: number;
  /** Input of the execution, when it starts. */
  input?: unknown;
  /** Output of the execution, when it succeeds. */
  output?: unknown;
  state?: { name: string; type: string; input: unknown; output?: unknown };
  Error?: string;
  Cause?: unknown;
}
