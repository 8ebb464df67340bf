import type { Arns } from './arns';
import type { StateMachineKind } from './names';

interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

/** Returns a Distributed Map, which tolerates every failure, as the Maps of an archiver and a verifier do. */
function createMap(
  StartAt: string,
  States: Readonly<Record<string, State>>,
  items: Readonly<Record<string, unknown>>,
): State {
  return {
    Type: 'Map',
    ...items,
    MaxConcurrency: 1,
    ToleratedFailurePercentage: 100,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt, States },
    End: true,
  };
}

/** Error of the items that fail. */
export const ITEM_ERROR = 'TrialError';
const PASS: State = { Type: 'Pass', End: true };

/** Returns the definitions of the state machines. */
export function createDefinitions(bucketName: string, { partition }: Arns): Record<StateMachineKind, string> {
  const children = createMap(
    'Kind',
    {
      Kind: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.kind', StringEquals: 'FAIL', Next: 'Fail' },
          { Variable: '$.kind', StringEquals: 'CRASH', Next: 'Crash' },
        ],
        Default: 'Pass',
      },
      Fail: { Type: 'Fail', Error: ITEM_ERROR, Cause: 'the item is to fail' },
      // The path does not exist, which ends an execution.
      Crash: { Type: 'Pass', Parameters: { 'value.$': '$.missing' }, End: true },
      Pass: PASS,
    },
    { ItemsPath: '$.items' },
  );
  const nested = createMap(
    'Inner',
    { Inner: createMap('Pass', { Pass: PASS }, { ItemsPath: '$.items' }) },
    {
      ItemsPath: '$.items',
    },
  );
  const reader = createMap(
    'Pass',
    { Pass: PASS },
    {
      ItemReader: {
        Resource: `arn:${partition}:states:::s3:listObjectsV2`,
        Parameters: { Bucket: bucketName, 'Prefix.$': '$.prefix' },
      },
    },
  );
  const define = (map: State) => JSON.stringify({ StartAt: 'Map', States: { Map: map } });
  return { children: define(children), nested: define(nested), reader: define(reader) };
}
