import { structure } from '../shapes';
import type { LogsOperation } from './operation';

export const getQueryResults: LogsOperation = {
  input: structure(['queryId'], { queryId: { type: 'string', min: 0, max: 256 } }),
  call: ({ queries }, input) => queries.getResults(input),
};
