import { MAX_LOG_GROUP_NAME_LENGTH } from './limits';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const LOG_GROUP_NAME = new RegExp(`^[.\\-_/#A-Za-z0-9]{1,${MAX_LOG_GROUP_NAME_LENGTH}}$`);

/** Whether CloudWatch Logs allows the name. */
export function isLogGroupName(name: unknown): name is string {
  return typeof name === 'string' && LOG_GROUP_NAME.test(name);
}
