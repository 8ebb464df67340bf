/** A line that a function has written to its log. */
export interface FunctionLogLine {
  readonly functionName: string;
  /** Name of the log group that receives the line. It need not exist. */
  readonly logGroupName: string;
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
}

/** Lines that functions have written to their logs. They are kept here, not in the stores of CloudWatch Logs. */
export class FunctionLogs {
  /** Lines of all functions, oldest first. */
  public readonly lines: FunctionLogLine[] = [];

  constructor(
    private readonly now: () => number,
    private readonly onLine: (line: FunctionLogLine) => void = () => {},
  ) {}

  public write(line: Omit<FunctionLogLine, 'writtenAt'>) {
    const written = { ...line, writtenAt: this.now() };
    this.lines.push(written);
    this.onLine(written);
  }

  /** Returns the lines of all functions with this text in their names. */
  public of(nameContains: string): string[] {
    return this.lines.filter(({ functionName }) => functionName.includes(nameContains)).map(({ line }) => line);
  }
}
