/** Length of the periods that a `LogArchiver` archives. */
export enum Granularity {
  /** Calendar months. */
  MONTHLY = 'MONTHLY',
  /** Calendar days. */
  DAILY = 'DAILY',
}
