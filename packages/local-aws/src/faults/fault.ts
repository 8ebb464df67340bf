/** A fault of a call. It decides whether the call is made, and what the caller receives. */
export type Fault<T> = (makeCall: () => Promise<T>) => Promise<T>;

/** Calls that a fault affects. Without any field: every call, at any time. */
export interface FaultScope {
  /** The operation, or a part of the function's name. @default - all */
  of?: string;
  /** `FIRST_TWO_ATTEMPTS` counts a retry with the same input as an attempt of the same call. @default 'EVERY_CALL' */
  on?: 'FIRST_CALL' | 'FIRST_TWO_ATTEMPTS' | 'EVERY_CALL';
  /** First affected instant, in milliseconds since the epoch. @default - from the start */
  from?: number;
  /** End of the affected time (exclusive), in milliseconds since the epoch. @default - unlimited */
  until?: number;
}
