/** The contract between the state machine and its functions: types only, each spelled once. */
export type * from './item';
export type * from './page';
export type * from './receipt';
export type * from './report';
export type * from './run';
export type * from './verification';
