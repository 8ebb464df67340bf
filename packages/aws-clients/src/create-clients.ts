import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { writeToFunctionLog } from './function-log';

/** The AWS clients of a function, its clock and its log. A function takes only the members it needs. */
export interface Clients {
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly stepFunctions: SFNClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Writes a line to the function's log. */
  readonly log: (line: string) => void;
}

export interface ClientOptions {
  readonly requestHandler?: CloudWatchLogsClientConfig['requestHandler'];
  /** @default - signs with AWS Signature Version 4 */
  readonly signer?: CloudWatchLogsClientConfig['signer'];
  /** Environment variables, which have the binding. @default - those of the process */
  readonly environment?: Record<string, string | undefined>;
  readonly now?: Clients['now'];
  readonly wait?: Clients['wait'];
  readonly log?: Clients['log'];
}

/** Creates the clients of `PlanArchive`. */
export function createClients(options: ClientOptions): Clients {
  return { ...createRecordClients(options), stepFunctions: new SFNClient(clientConfig(options)) };
}

/** Creates the clients of `RecordArchive`. */
export function createRecordClients(options: ClientOptions): Omit<Clients, 'stepFunctions'> {
  return { ...createLogsClient(options), s3: new S3Client(clientConfig(options)) };
}

/** Creates the client of `ExportLogToS3` and `CheckExportTask`. Their bundles contain no other client. */
export function createLogsClient(options: ClientOptions): Pick<Clients, 'logs' | 'now' | 'wait' | 'log'> {
  const { now = Date.now, wait = setTimeout, log = writeToFunctionLog } = options;
  return { logs: new CloudWatchLogsClient(clientConfig(options)), now, wait, log };
}

/** The SDK never retries on its own: every retry is in `retryInPlace` or in the state machine, where a reader sees it. */
function clientConfig({ requestHandler, signer }: ClientOptions) {
  return { maxAttempts: 1, requestHandler, signer, cacheMiddleware: true };
}
