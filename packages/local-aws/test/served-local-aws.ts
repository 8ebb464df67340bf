import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { type LogsServer, serveLogs } from '../src';
import { localAwsOnDisk } from './local-aws-on-disk';

export { NOW } from './local-aws-on-disk';

const servers: LogsServer[] = [];

/** Closes all servers. A test file that starts one calls this after each test. */
export async function closeServers() {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** Creates a local AWS with a bucket, and a client that calls it over HTTP. */
export async function servedLocalAws() {
  const { aws } = localAwsOnDisk();
  const server = await serveLogs({ requestHandler: aws.requestHandler, clock: aws.clock });
  servers.push(server);
  const client = new CloudWatchLogsClient({
    endpoint: server.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  return { aws, client, endpoint: server.endpoint };
}
