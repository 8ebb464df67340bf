import { setTimeout } from 'node:timers/promises';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { writeToFunctionLog } from '@log-archiver/aws-clients/function-log';

/** The AWS clients of the verifier's functions, their clock and their log. */
export interface Clients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Writes a line to the function's log. */
  readonly log: (line: string) => void;
}

export interface ClientOptions extends Partial<Pick<Clients, 'now' | 'wait' | 'log'>> {
  readonly requestHandler?: S3ClientConfig['requestHandler'];
  /** @default - signs with AWS Signature Version 4 */
  readonly signer?: S3ClientConfig['signer'];
}

/** Creates the clients. The SDK never retries on its own: every retry is in `retryInPlace` or in the state machine. */
export function createClients({
  requestHandler,
  signer,
  now = Date.now,
  wait = setTimeout,
  log = writeToFunctionLog,
}: ClientOptions): Clients {
  const config = { maxAttempts: 1, requestHandler, signer, cacheMiddleware: true };
  // The tables of other verifiers are in buckets of other Regions.
  const s3 = new S3Client({ ...config, followRegionRedirects: true });
  return { s3, kms: new KMSClient(config), now, wait, log };
}
