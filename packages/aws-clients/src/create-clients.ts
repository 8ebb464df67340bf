import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';

/** All that planning asks, and the time. */
export interface Clients {
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly stepFunctions: SFNClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

export interface ClientOptions {
  readonly requestHandler?: CloudWatchLogsClientConfig['requestHandler'];
  readonly now?: Clients['now'];
  readonly wait?: Clients['wait'];
}

/** The clients never retry by themselves: what is asked again is asked again here or by the state machine, in sight. */
export function connect({ requestHandler, now = Date.now, wait = setTimeout }: ClientOptions): Clients {
  const config = { maxAttempts: 1, requestHandler, cacheMiddleware: true };
  return {
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client(config),
    stepFunctions: new SFNClient(config),
    now,
    wait,
  };
}
