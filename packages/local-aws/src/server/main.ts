import { Faults } from '../faults/faults';
import { isQueryCall, readQueryCall } from '../iam/query-call';
import { CloudWatchLogs } from '../logs/cloud-watch-logs';
import { readLogsCall } from '../logs/logs-call';
import { TARGET } from '../protocol/aws-json';
import type { HttpRequest } from '../protocol/http-message';
import { AwsRequestHandler } from '../request-handler';
import { readS3Call } from '../s3/s3-call';
import { Buckets } from '../s3/storage/buckets';
import { realTime } from '../time/clock';
import { VirtualClock } from '../time/virtual-clock';
import { parseOptions } from './options';
import { serveLogs } from './serve';

const ACCOUNT_ID = '123456789012';

async function main() {
  const { port, directory, region, virtualTime } = parseOptions(process.argv);
  const clock = virtualTime === undefined ? realTime : new VirtualClock(virtualTime);
  const now = () => clock.now();
  const buckets = new Buckets(directory, now);
  const logs = new CloudWatchLogs({ buckets, now, region, accountId: ACCOUNT_ID });
  const read = (request: HttpRequest) => {
    if (isQueryCall(request)) {
      return readQueryCall(request, {}, undefined);
    }
    return TARGET in request.headers ? readLogsCall(logs, request) : readS3Call(buckets, request);
  };
  const requestHandler = new AwsRequestHandler(read, new Faults(now), now);
  const server = await serveLogs({ requestHandler, clock, port });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
  const environment = {
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_REGION: region,
    // boto3 and version 1 of the AWS CLI read only this variable.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  console.log(
    `Serving CloudWatch Logs of ${region}. The buckets are folders in ${directory}. Stop with Ctrl+C. To connect a client:`,
  );
  console.log(
    `export ${Object.entries(environment)
      .map((entry) => entry.join('='))
      .join(' ')}`,
  );
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `error: port is already in use: ${error.message}` : error);
  process.exitCode = 1;
});
