import {
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { localAwsOnDisk } from './local-aws-on-disk';

/** Creates a local AWS with a log group, and functions to create export tasks and read their statuses. */
export async function withExportTasks() {
  const { aws, client } = localAwsOnDisk();
  await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  const create = async () =>
    client.send(new CreateExportTaskCommand({ logGroupName: '/shop', from: 0, to: 1, destination: 'archive' }));
  const statuses = async () =>
    (await client.send(new DescribeExportTasksCommand({}))).exportTasks?.map(({ status }) => status?.code);
  const after = async (milliseconds: number) => aws.clock.moveTo(aws.clock.now() + milliseconds);
  return { aws, create, statuses, after };
}
