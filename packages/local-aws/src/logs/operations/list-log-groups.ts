import { limit, logGroupClass, nextToken, structure, tagFilters } from '../shapes';
import type { LogsOperation } from './operation';

export const listLogGroups: LogsOperation = {
  input: structure([], {
    logGroupNamePattern: {
      type: 'string',
      max: 129,
      min: 3,
      pattern: '(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}',
    },
    logGroupTags: tagFilters,
    logGroupClass,
    nextToken,
    limit: limit(1_000),
  }),
  call: ({ logGroupFinder }, input) => logGroupFinder.list(input),
};
