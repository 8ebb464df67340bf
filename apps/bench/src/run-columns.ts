import type { SynthesizedStack } from '@log-archiver/local-aws';
import type { Column } from './columns';
import { type OurResult, runOurs } from './ours';
import { PEERS, simulatePeer } from './peers/peers';
import { CALL_LATENCY, LATENCY, NO_LATENCY, type Result } from './result';

export const OUR_NAME = 'LogArchiver';

/** Results of all archivers in a column. */
export interface ColumnResults {
  readonly column: Column;
  readonly ours: OurResult;
  /** Results of the peers, in their order. */
  readonly peers: readonly Result[];
}

/** Results of our archiver when AWS takes time. */
export interface DelayedResults extends ColumnResults {
  /** Each call takes 50 ms. */
  readonly withCalls: OurResult;
  /** Each call takes 50 ms, and the start of each child execution a second. */
  readonly withChildren: OurResult;
}

/** Runs our archiver in a column, and simulates the peers. */
export async function runColumn(synthesized: SynthesizedStack, column: Column): Promise<ColumnResults> {
  return {
    column,
    ours: await runOurs(synthesized, column, NO_LATENCY),
    peers: PEERS.map((peer) => simulatePeer(peer, column)),
  };
}

/** Runs a column as `runColumn` does, and our archiver twice more, with latency. */
export async function runDelayed(synthesized: SynthesizedStack, column: Column): Promise<DelayedResults> {
  return {
    ...(await runColumn(synthesized, column)),
    withCalls: await runOurs(synthesized, column, CALL_LATENCY),
    withChildren: await runOurs(synthesized, column, LATENCY),
  };
}
