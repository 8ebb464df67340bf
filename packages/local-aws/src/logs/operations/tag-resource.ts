import { structure, tags } from '../shapes';
import type { LogsOperation } from './operation';

export const tagResource: LogsOperation = {
  input: structure(['resourceArn', 'tags'], {
    resourceArn: { type: 'string', max: 1011, min: 1, pattern: '[\\w+=/:,.@\\-#]*' },
    tags,
  }),
  call: ({ logGroups }, input) => logGroups.tagResource(input),
};
