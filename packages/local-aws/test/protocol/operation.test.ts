import { callOperation, findOperation, type Operation } from '../../src/protocol/operation';

const add: Operation<string[]> = {
  input: { type: 'structure', required: ['Item'], members: { Item: { type: 'string' } } },
  call: (items, { Item }: { Item: string }) => ({ Items: [...items, Item] }),
};
const operations = { Add: add };

it('calls an operation by name', () => {
  expect(callOperation(operations, 'Add', ['a'], { Item: 'b' })).toEqual({ Items: ['a', 'b'] });
});

it('rejects an invalid input as a ValidationException', () => {
  expect(() => callOperation(operations, 'Add', [], {})).toThrow(
    expect.objectContaining({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'Item' failed to satisfy constraint: Member must not be null",
    }),
  );
});

it.each(['Remove', 'toString'])('rejects the unsupported operation %s', (name) => {
  expect(() => findOperation(operations, name)).toThrow(
    expect.objectContaining({ name: 'UnknownOperationException', message: expect.stringContaining(name) }),
  );
});
