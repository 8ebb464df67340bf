import { TARGET } from '../../src/protocol/aws-json';
import { hasTargetPrefix, readJsonCall } from '../../src/protocol/json-call';

function request(target: string, body?: string) {
  return { headers: { [TARGET]: target }, body };
}

const service = { targetPrefix: 'Shop.', version: '1.0' as const, listPermissions: () => [], call: () => ({}) };

it.each([
  ['Shop.ListItems', true],
  ['ListItems', false],
])('compares the target %s with the prefix', (target, expected) => {
  expect(hasTargetPrefix(request(target), 'Shop.')).toBe(expected);
});

it.each(['Shop.ListItems', 'ListItems'])('reads the operation from the target %s', async (target) => {
  expect(await readJsonCall(request(target), service)).toMatchObject({ operation: 'ListItems' });
});

it.each([
  [undefined, {}],
  ['{"Item":1}', { Item: 1 }],
])('reads the input from the body %j', async (body, input) => {
  expect(await readJsonCall(request('Shop.ListItems', body), service)).toMatchObject({ input });
});

it('answers in the version of the service', async () => {
  const { execute } = await readJsonCall(request('Shop.ListItems'), service);
  expect(execute()).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } });
});
