import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RunContext } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';

/** Bucket of the functions that run without their stack. */
export const BUCKET_NAME = 'archive';

/** Returns the environment of a function in a process of its own. */
export function createEnvironment(aws: LocalAws, endpoint: string): Record<string, string> {
  return {
    ...{ AWS_REGION: aws.region, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_ENDPOINT_URL: endpoint, ARCHIVE_BUCKET_NAME: BUCKET_NAME, ARCHIVE_ACCOUNT: aws.accountId },
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Returns the fields of a request that the state machine passes to each function. */
export function createRunContext(aws: LocalAws, startedAt: string): RunContext {
  const { accountId: account, region } = aws;
  const arn = (resource: string) => `arn:aws:states:${region}:${account}:${resource}`;
  return {
    parameters: {
      ...{ account, region, s3BucketName: BUCKET_NAME, keyPrefix: '', timeZone: 'UTC' },
      ...{ frequency: 'MONTHLY', settleHours: 24, lookback: 3, archiver: 'Archiver' },
    },
    execution: {
      ...{ id: arn('execution:Archiver:run'), name: 'run', startedAt },
      stateMachineArn: arn('stateMachine:Archiver'),
    },
  };
}

/**
 * Runs a script in a Node.js process of its own, and returns the JSON that it writes to standard error.
 *
 * Standard output is the log of a function.
 */
export async function runScript<T>(name: string, script: string, args: string[], environment: object): Promise<T> {
  const child = spawn(process.execPath, ['-e', script, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const printed = child.stderr.toArray();
  const [exitCode] = await once(child, 'exit');
  const text = Buffer.concat(await printed).toString();
  if (exitCode !== 0 || !text.startsWith('{')) {
    throw new Error(`${name} failed: ${text}`);
  }
  return JSON.parse(text) as T;
}
