import { Readable, Writable } from 'node:stream';
import type { LocalAws } from '@log-archiver/local-aws';
import type { Context } from '../src/context';
import { main } from '../src/main';

export interface CliResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, against a local AWS or none. */
export async function runCli(
  args: string[],
  aws?: LocalAws,
  overrides: Partial<Context> = {},
  run: typeof main = main,
): Promise<CliResult> {
  const written = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const exitCode = await run(args, {
    stdin: Readable.from([]),
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    now: aws?.clock.now ?? Date.now,
    wait: async () => undefined,
    clientConfig: aws?.clientConfig,
    ...overrides,
  });
  return { exitCode, ...written };
}
