import type { LogsOperation } from './operation';
import { logGroupClass, logGroupName, structure, tags } from './shapes';

export const createLogGroup: LogsOperation = {
  input: structure(['logGroupName'], {
    logGroupName,
    kmsKeyId: { type: 'string', max: 256 },
    tags,
    logGroupClass,
  }),
  call: ({ logGroups }, input) => logGroups.create(input),
};
