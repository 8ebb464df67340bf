import { InvalidArchiveRequest, type LogGroupTarget, show } from '@log-archiver/core';

const FIELDS: Record<keyof LogGroupTarget, true> = { logGroupName: true, s3Prefix: true };
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const LOG_GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** Reads the list of log groups of an input. A prefix that makes no key fails its own log group alone, later. */
export function readTargets(targets: unknown): LogGroupTarget[] {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new InvalidArchiveRequest(`logGroups must be a non-empty array, got ${show(targets)}`);
  }
  const read = targets.map((target, index) => readTarget(target, `logGroups[${index}]`));
  const names = read.map(({ logGroupName }) => logGroupName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidArchiveRequest(`logGroups must not contain duplicates, got ${show(twice)} twice`);
  }
  return read;
}

function readTarget(target: unknown, path: string): LogGroupTarget {
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    throw new InvalidArchiveRequest(`${path} must be an object, got ${show(target)}`);
  }
  const unknown = Object.keys(target).find((field) => !Object.hasOwn(FIELDS, field));
  if (unknown !== undefined) {
    throw new InvalidArchiveRequest(
      `unknown field ${show(unknown)} in ${path}; expected one of ${Object.keys(FIELDS).join(', ')}`,
    );
  }
  const { logGroupName, s3Prefix = null } = target as Partial<LogGroupTarget>;
  if (typeof logGroupName !== 'string' || !LOG_GROUP_NAME.test(logGroupName)) {
    throw new InvalidArchiveRequest(`${path}.logGroupName must be a log group name, got ${show(logGroupName)}`);
  }
  if (s3Prefix !== null && (typeof s3Prefix !== 'string' || s3Prefix === '')) {
    throw new InvalidArchiveRequest(`${path}.s3Prefix must be a non-empty string or null, got ${show(s3Prefix)}`);
  }
  return { logGroupName, s3Prefix };
}
