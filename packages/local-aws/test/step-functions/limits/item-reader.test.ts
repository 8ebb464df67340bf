import { StateMachine, VirtualClock } from '../../../src';
import { distributedMap, EVERYTHING_CAUGHT, machine, NOW, STATE_MACHINE_ARN, task } from '../machine';

const LIST = 'arn:aws:states:::s3:listObjectsV2';
const GET = 'arn:aws:states:::s3:getObject';
const DONE = { Done: { Type: 'Succeed' } };

/** Runs a Distributed Map whose item reader returns `answer`, and returns what was read and the result. */
async function run(map: object, answer: unknown = [], input: object = {}) {
  const clock = new VirtualClock(NOW);
  const reads: unknown[] = [];
  const invoke = async (parameters: unknown) => {
    reads.push(parameters);
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const resources = new Map([LIST, GET].map((arn) => [arn, { invoke }]));
  const Each = { ...distributedMap(DONE, { End: true, ...map }), ItemsPath: undefined };
  const definition = { StartAt: 'Each', States: { Each, Caught: { Type: 'Pass', End: true } } };
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, JSON.parse(JSON.stringify(definition)), resources, clock);
  const execution = stateMachine.startExecution(input);
  return { reads, result: await clock.passUntil(execution.result), execution };
}

const getObject = (InputType: string) => ({ Resource: GET, ReaderConfig: { InputType }, Parameters: {} });

describe('an item reader', () => {
  it('starts a child execution for each item that it reads', async () => {
    const { result, execution } = await run({ ItemReader: { Resource: LIST } }, [{ Key: 'a' }, { Key: 'b' }]);
    expect(result).toEqual({ status: 'SUCCEEDED', output: [{ Key: 'a' }, { Key: 'b' }] });
    expect(execution.childExecutions.map(({ input }) => input)).toEqual([{ Key: 'a' }, { Key: 'b' }]);
  });

  it('evaluates its parameters with the input and the context of the Map', async () => {
    const Parameters = { Bucket: 'archive', 'Prefix.$': '$.folder', 'Name.$': '$$.StateMachine.Name' };
    const { reads } = await run({ ItemReader: { Resource: LIST, Parameters } }, [], { folder: 'a/' });
    expect(reads).toEqual([{ Bucket: 'archive', Prefix: 'a/', Name: 'Machine' }]);
  });

  it('ends the execution if a path of its parameters has no value', async () => {
    const ItemReader = { Resource: LIST, Parameters: { 'Prefix.$': '$.folder' } };
    const { result } = await run({ ItemReader, ...EVERYTHING_CAUGHT });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('reads a JSON array', async () => {
    const { result } = await run({ ItemReader: getObject('JSON') }, '[1, {"a": 2}]');
    expect(result).toEqual({ status: 'SUCCEEDED', output: [1, { a: 2 }] });
  });

  it('reads JSON Lines', async () => {
    const { result } = await run({ ItemReader: getObject('JSONL') }, '1\n{"a": 2}\n');
    expect(result).toEqual({ status: 'SUCCEEDED', output: [1, { a: 2 }] });
  });

  it('reads at most MaxItems', async () => {
    const { result } = await run({ ItemReader: { Resource: LIST, ReaderConfig: { MaxItems: 1 } } }, ['a', 'b']);
    expect(result).toEqual({ status: 'SUCCEEDED', output: ['a'] });
  });

  it.each(['not JSON', '{"a": 1}'])('fails with States.ItemReaderFailed if the file contains %s', async (text) => {
    const { result } = await run({ ItemReader: getObject('JSON') }, text);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  });

  it('can be retried and caught when S3 rejects the call', async () => {
    const map = { ItemReader: { Resource: LIST }, ...EVERYTHING_CAUGHT };
    const { reads, result } = await run(map, new Error('Access Denied'));
    expect(reads).toHaveLength(3);
    expect(result).toEqual({
      status: 'SUCCEEDED',
      output: { Error: 'States.ItemReaderFailed', Cause: 'Access Denied' },
    });
  });

  it('starts no child execution after the execution was stopped', async () => {
    const clock = new VirtualClock(NOW);
    const invoke = async () => {
      await clock.sleep(1_000);
      return ['a'];
    };
    const Each = { ...distributedMap(DONE), ItemsPath: undefined, ItemReader: { Resource: LIST } };
    const definition = { StartAt: 'Each', States: { Each } };
    const stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, new Map([[LIST, { invoke }]]), clock);
    const execution = stateMachine.startExecution({});
    execution.stop();
    expect(await clock.passUntil(execution.result)).toEqual({ status: 'ABORTED' });
    await clock.moveTo('2026-11-02T00:00:00.000Z');
    expect(execution.childExecutions).toEqual([]);
  });

  it.each([
    [{ ItemReader: { Resource: 'fn' } }, `Resource of the ItemReader of state Each must be ${LIST} or ${GET}, got fn`],
    [{ ItemReader: { Resource: LIST, Arguments: {} } }, 'unsupported field "Arguments" in ItemReader of state Each'],
    [{ ItemReader: getObject('CSV') }, 'InputType of state Each must be JSON or JSONL, got CSV'],
    [{ ItemBatcher: { MaxItemsPerBatch: 0 } }, 'MaxItemsPerBatch of state Each must be a positive whole number, got 0'],
    [
      { ItemBatcher: { MaxInputBytesPerBatch: 9 } },
      'unsupported field "MaxInputBytesPerBatch" in ItemBatcher of state Each',
    ],
  ])('is rejected as %j', async (map, message) => {
    await expect(run(map)).rejects.toThrow(message);
  });

  it('cannot be the resource of a Task', () => {
    const { stateMachine } = machine({ Read: task({ Resource: LIST, End: true }) });
    expect(() => stateMachine.startExecution({})).toThrow('must be a function of the stack or sns:publish');
  });
});

describe('an item batcher', () => {
  const ItemReader = { Resource: LIST };

  it('passes items to child executions in groups, with the input of the batch', async () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { 'run.$': '$.run', execution: 'x' } };
    const { result } = await run({ ItemReader, ItemBatcher }, ['a', 'b', 'c'], { run: 1 });
    const BatchInput = { run: 1, execution: 'x' };
    expect(result).toEqual({
      status: 'SUCCEEDED',
      output: [
        { BatchInput, Items: ['a', 'b'] },
        { BatchInput, Items: ['c'] },
      ],
    });
  });

  it('groups items after ItemSelector has selected each of them', async () => {
    const ItemSelector = { 'key.$': '$$.Map.Item.Value.Key', 'at.$': '$$.Map.Item.Index', 'run.$': '$.run' };
    const map = { ItemReader, ItemSelector, ItemBatcher: { MaxItemsPerBatch: 2 } };
    const { result } = await run(map, [{ Key: 'a' }, { Key: 'b' }], { run: 1 });
    expect(result).toEqual({
      status: 'SUCCEEDED',
      output: [
        {
          Items: [
            { key: 'a', at: 0, run: 1 },
            { key: 'b', at: 1, run: 1 },
          ],
        },
      ],
    });
  });

  it('groups the items of the input if the Map has no item reader', async () => {
    const Each = { ...distributedMap(DONE), ItemBatcher: { MaxItemsPerBatch: 2 } };
    const { result } = await machine({ Each }).run({ items: [1, 2, 3] });
    expect(result).toEqual({ status: 'SUCCEEDED', output: [{ Items: [1, 2] }, { Items: [3] }] });
  });

  it('makes no batch of no items', async () => {
    const { result } = await run({ ItemReader, ItemBatcher: { MaxItemsPerBatch: 2 } }, []);
    expect(result).toEqual({ status: 'SUCCEEDED', output: [] });
  });
});
