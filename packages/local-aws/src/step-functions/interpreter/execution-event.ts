/** A step of an execution, as the interpreter logs it. */
export interface ExecutionEvent {
  type: string;
  timestamp: number;
  /** Of which item of a Map, if it is the step of a child execution. */
  index?: number;
  state?: { name: string; type: string; input: unknown; output?: unknown };
  Error?: string;
  Cause?: unknown;
}
