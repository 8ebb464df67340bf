/** What goes wrong with a call: it decides whether the call is made, and what its caller sees. */
export type Fault<T> = (makeCall: () => Promise<T>) => Promise<T>;

/** Which calls a fault meets. Without a word: every call, at any time. */
export interface FaultScope {
  /** The operation, or a part of the function's name. @default - all */
  of?: string;
  /** An attempt belongs to the call before it that failed with the same input. @default 'EVERY_CALL' */
  on?: 'FIRST_CALL' | 'FIRST_TWO_ATTEMPTS' | 'EVERY_CALL';
  /** The first millisecond, since the epoch. @default - from the start */
  from?: number;
  /** The millisecond after the last. @default - for ever */
  until?: number;
}
