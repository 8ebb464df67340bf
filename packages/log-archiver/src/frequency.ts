/** How long the periods are that a `LogArchiver` archives, and so how often it runs. */
export enum Frequency {
  /** Each calendar month, at 03:00 on the 2nd of the next one. */
  MONTHLY = 'MONTHLY',
  /** Each day, at 13:00 of the next one. */
  DAILY = 'DAILY',
}
