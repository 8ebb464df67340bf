import type { Faults } from '../faults/faults';
import type { Caller } from '../iam/authorize';
import type { Sleep, VirtualClock } from '../time/virtual-clock';
import type { FunctionLogs } from './function-logs';

/** Parts of a local AWS that functions run on. */
export interface LambdaHost {
  readonly clock: VirtualClock;
  readonly functionFaults: Faults<unknown>;
  readonly functionLogs: Pick<FunctionLogs, 'write'>;
  readonly requestHandler: {
    /** Returns the request handler of a function's AWS clients. */
    withSleep(sleep: Sleep, caller?: Caller): object;
  };
}
