import { InvalidArchiveRequest, type LogGroupTarget } from '@log-archiver/core';

const FIELDS: Record<keyof LogGroupTarget, true> = { logGroupName: true, s3Prefix: true };
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const LOG_GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** Reads the list of log groups of an input. A prefix that makes no key fails its own log group alone, later. */
export function readTargets(targets: unknown): LogGroupTarget[] {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new InvalidArchiveRequest('logGroups', targets, 'a list of at least one log group');
  }
  const read = targets.map((target, index) => readTarget(target, `logGroups[${index}]`));
  const names = read.map(({ logGroupName }) => logGroupName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidArchiveRequest('logGroups', twice, 'a list in which no log group is twice');
  }
  return read;
}

function readTarget(target: unknown, path: string): LogGroupTarget {
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    throw new InvalidArchiveRequest(path, target, 'an object');
  }
  const unknown = Object.keys(target).find((field) => !Object.hasOwn(FIELDS, field));
  if (unknown !== undefined) {
    const value = (target as Record<string, unknown>)[unknown];
    throw new InvalidArchiveRequest(`${path}.${unknown}`, value, 'left out: there are logGroupName and s3Prefix');
  }
  const { logGroupName, s3Prefix = null } = target as Partial<LogGroupTarget>;
  if (typeof logGroupName !== 'string' || !LOG_GROUP_NAME.test(logGroupName)) {
    throw new InvalidArchiveRequest(`${path}.logGroupName`, logGroupName, 'the name of a log group');
  }
  if (s3Prefix !== null && (typeof s3Prefix !== 'string' || s3Prefix === '')) {
    throw new InvalidArchiveRequest(`${path}.s3Prefix`, s3Prefix, 'a text or null');
  }
  return { logGroupName, s3Prefix };
}
