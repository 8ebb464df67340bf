import type { Readable, Writable } from 'node:stream';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { ExitCode } from './exit-codes';

/** Surroundings of a command. Tests pass their own. */
export interface Context {
  /** Answers of the user. */
  readonly stdin: Readable;
  /** Receives data only. */
  readonly stdout: Writable;
  /** Receives everything else: errors, notes, progress. */
  readonly stderr: Writable;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Configuration of the AWS clients that takes precedence over the command line. @default - none */
  readonly clientConfig?: Pick<S3ClientConfig, 'credentials' | 'requestHandler' | 'region' | 'maxAttempts'>;
}

/** Surroundings of a command that runs. */
export interface CommandContext extends Context {
  /** Sets the exit code, which is 0 otherwise. */
  readonly exitWith: (exitCode: ExitCode) => void;
}
