import { createTargetInput } from '../../src/events/target-input';

const EVENT = {
  ...{ source: 'aws.states', 'detail-type': 'Change', account: '123456789012', time: '2026-11-01T18:00:00Z' },
  ...{ region: 'ap-northeast-1', resources: ['first', 'second'] },
  detail: { status: 'FAILED', cause: 'a "quoted"\ntext', count: 3, list: ['a'] },
};

it('is the event by default', () => {
  expect(createTargetInput(EVENT, {})).toBe(JSON.stringify(EVENT));
});

it('is a constant', () => {
  expect(createTargetInput(EVENT, { Input: '"constant"' })).toBe('"constant"');
});

it.each([
  ['text', '"run <status> of <resource>"', '"run FAILED of second"'],
  ['text with a cause', '"because of <cause>"', '"because of a \\"quoted\\"\\ntext"'],
  ['text with a number and a list', '"<count> of <list>"', '"3 of [\\"a\\"]"'],
  ['text without a value', '"<none>, <unknown>."', '", ."'],
  ['text without quotes', 'run <status>', 'run "FAILED"'],
  ['an object', '{"Status":<status>,"Count":<count>,"None":<none>}', '{"Status":"FAILED","Count":3,"None":""}'],
  ['an object with text', '{"Text":"run <status>"}', '{"Text":"run FAILED"}'],
])('replaces the variables in %s', (_, InputTemplate, expected) => {
  const InputPathsMap = {
    status: '$.detail.status',
    resource: '$.resources[1]',
    cause: '$.detail.cause',
    count: '$.detail.count',
    list: '$.detail.list',
    none: '$.detail.none.deeper',
  };

  expect(createTargetInput(EVENT, { InputTransformer: { InputPathsMap, InputTemplate } })).toBe(expected);
});
