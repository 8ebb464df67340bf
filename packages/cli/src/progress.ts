import type { Readable, Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Context } from './context';
import { setSignalHandler } from './signals';

export interface Progress {
  setTotal(total: number): void;
  add(count: number): void;
}

/**
 * Options of every bar.
 *
 * A bar must change no mode of the terminal: a process that is killed cannot restore it. With `linewrap`, cli-progress
 * shortens each line to the width of the terminal. Without it, the terminal would no longer wrap the lines of the shell.
 */
export const BAR_OPTIONS = { clearOnComplete: true, hideCursor: false, linewrap: true };

export function isTerminal(stream: Readable | Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Shows a bar while a command works, if the standard error is a terminal and the standard output is none. */
export async function withProgress<T>(
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  unit: string,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  if (!isTerminal(stderr) || isTerminal(stdout)) {
    return work({ setTotal: () => undefined, add: () => undefined });
  }
  const bar = new SingleBar({
    stream: stderr,
    format: `{bar} {percentage}% of {total} ${unit}, {eta_formatted} left`,
    ...BAR_OPTIONS,
  });
  setSignalHandler(() => bar.stop());
  bar.start(0, 0);
  try {
    return await work({ setTotal: (total) => bar.setTotal(total), add: (count) => bar.increment(count) });
  } finally {
    setSignalHandler();
    bar.stop();
  }
}
