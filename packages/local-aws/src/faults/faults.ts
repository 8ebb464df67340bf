import type { Fault, FaultScope } from './fault';

interface InjectedFault<T> extends FaultScope {
  fault: Fault<T>;
  hasStruck: boolean;
  /** Number of attempts that met this fault since the call was last made, by call. */
  attempts: Map<string, number>;
}

/** Faults that calls meet. */
export class Faults<T> {
  private readonly queued = new Map<string, Fault<T>[]>();
  private readonly injected: InjectedFault<T>[] = [];

  constructor(private readonly now: () => number) {}

  /** Injects faults into the next calls of an operation, one fault per call. */
  public injectNext(operation: string, ...faults: Fault<T>[]) {
    this.queued.set(operation, [...(this.queued.get(operation) ?? []), ...faults]);
  }

  /** Injects a fault into all calls in a scope. If several faults meet a call, the one injected first is outermost. */
  public inject(fault: Fault<T>, scope: FaultScope = {}) {
    this.injected.push({ ...scope, fault, hasStruck: false, attempts: new Map() });
  }

  public around(operation: string, input: unknown, makeCall: () => Promise<T>): Promise<T> {
    const queued = this.queued.get(operation)?.shift();
    if (queued) {
      return queued(makeCall);
    }
    const call = `${operation} ${JSON.stringify(input)}`;
    const striking = this.injected.filter((injected) => this.strikes(injected, operation, call));
    const made = () => {
      for (const { attempts } of this.injected.filter((injected) => !striking.includes(injected))) {
        attempts.delete(call);
      }
      return makeCall();
    };
    return striking.reduceRight((inner, injected) => () => strike(injected, call, inner), made)();
  }

  private strikes(
    { of = '', on = 'EVERY_CALL', from, until, ...injected }: InjectedFault<T>,
    name: string,
    call: string,
  ) {
    const isNow = this.now() >= (from ?? Number.NEGATIVE_INFINITY) && this.now() < (until ?? Number.POSITIVE_INFINITY);
    const isThisOne = {
      FIRST_CALL: !injected.hasStruck,
      FIRST_TWO_ATTEMPTS: (injected.attempts.get(call) ?? 0) < 2,
      EVERY_CALL: true,
    }[on];
    return isNow && isThisOne && name.includes(of);
  }
}

function strike<T>(injected: InjectedFault<T>, call: string, makeCall: () => Promise<T>): Promise<T> {
  injected.hasStruck = true;
  injected.attempts.set(call, (injected.attempts.get(call) ?? 0) + 1);
  return injected.fault(makeCall);
}
