/** How long the periods are that a `LogArchiver` archives. */
export enum Granularity {
  /** Each calendar month. */
  MONTHLY = 'MONTHLY',
  /** Each day. */
  DAILY = 'DAILY',
}
