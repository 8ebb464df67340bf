/** An event of an execution that the interpreter logs. */
export interface ExecutionEvent {
  type: string;
  timestamp: number;
  /** Index of the Map's item, for an event of a child execution. */
  index?: number;
  state?: { name: string; type: string; input: unknown; output?: unknown };
  Error?: string;
  Cause?: unknown;
}
