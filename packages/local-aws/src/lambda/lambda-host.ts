import type { Faults } from '../faults/faults';
import type { Caller } from '../iam/authorize';
import type { Sleep, VirtualClock } from '../time/virtual-clock';

/** Parts of a local AWS that functions run on. */
export interface LambdaHost {
  readonly clock: VirtualClock;
  readonly functionFaults: Faults<unknown>;
  readonly requestHandler: {
    /** Returns the request handler of a function's AWS clients. */
    withSleep(sleep: Sleep, caller?: Caller): object;
  };
}
