import type { Readable, Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Context } from './context';

export interface Progress {
  setTotal(total: number): void;
  add(count: number): void;
}

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
    clearOnComplete: true,
    // A command that ends by a signal would leave the cursor hidden.
    hideCursor: false,
  });
  bar.start(0, 0);
  try {
    return await work({ setTotal: (total) => bar.setTotal(total), add: (count) => bar.increment(count) });
  } finally {
    bar.stop();
  }
}
