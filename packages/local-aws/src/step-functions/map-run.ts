import { randomUUID } from 'node:crypto';

/** A run of a Distributed Map: it starts one child execution for each item. */
export class MapRun<Child> {
  public readonly mapRunArn: string;
  public readonly executionArn: string;
  public readonly stateMachineArn: string;
  /** Child executions, in the order in which they started. */
  public readonly executions: Child[] = [];
  private endedAt?: number;

  constructor(
    { executionArn, stateMachineArn }: { executionArn: string; stateMachineArn: string },
    label: string,
    /** Name of the state. */
    public readonly mapName: string,
    /** Milliseconds since the epoch. */
    public readonly startDate: number,
  ) {
    this.executionArn = executionArn;
    this.stateMachineArn = stateMachineArn;
    this.mapRunArn = `${stateMachineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${randomUUID()}`;
  }

  /** Milliseconds since the epoch; undefined while the Map runs. */
  public get stopDate(): number | undefined {
    return this.endedAt;
  }

  /** Ends the run, unless it has ended. */
  public end(at: number) {
    this.endedAt ??= at;
  }
}
