import { flag, logGroupClass, logGroupName, structure, tags } from '../shapes';
import type { LogsOperation } from './operation';

export const createLogGroup: LogsOperation = {
  input: structure(['logGroupName'], {
    logGroupName,
    kmsKeyId: { type: 'string', max: 256 },
    tags,
    logGroupClass,
    deletionProtectionEnabled: flag,
  }),
  call: ({ logGroups }, input) => logGroups.create(input),
};
