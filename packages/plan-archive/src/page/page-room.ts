import type { ArchiveItem, PlanArchiveRequest } from '@log-archiver/core';

export const MAX_ITEMS = 40;
/**
 * The data of a state, and of an invocation.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const MAX_BYTES = 262_144;
/** For the answer's other fields, and for those that a later version of the state machine may add. */
const SPARE_BYTES = 8_192;
/** Of an outcome, beside the name of the log group and the key. */
const OUTCOME_BYTES = 500;

/** How many items still fit a page: they, and then their outcomes, travel with the input of the execution. */
export class PageRoom {
  private items = 0;
  private bytes: number;

  constructor(request: PlanArchiveRequest) {
    this.bytes = MAX_BYTES - SPARE_BYTES - bytesOf({ ...request, outcomes: [] });
  }

  /** Takes the room of one more; the first always has it, else a run would never end. */
  public take(item: ArchiveItem): boolean {
    const { logGroupName, destinationPrefix } = item;
    const bytes = bytesOf(item) + bytesOf({ logGroupName, destinationPrefix }) + OUTCOME_BYTES;
    if (this.items > 0 && (this.items === MAX_ITEMS || bytes > this.bytes)) {
      return false;
    }
    this.items += 1;
    this.bytes -= bytes;
    return true;
  }
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
