import { parseEmbeddedMetrics } from '../../src/cloudwatch/embedded-metrics';

const DIRECTIVE = {
  Namespace: 'Shop',
  Dimensions: [['Shop'], ['Shop', 'Stage'], []],
  Metrics: [{ Name: 'Errors', Unit: 'Count' }],
};
const LINE = {
  _aws: { Timestamp: 1_000, CloudWatchMetrics: [DIRECTIVE] },
  ...{ Shop: 'a', Stage: 'prod', Errors: 3, message: 'anything' },
};
const ERRORS = { namespace: 'Shop', metricName: 'Errors', value: 3, timestamp: 1_000 };

it('returns each metric once for each set of dimensions', () => {
  expect(parseEmbeddedMetrics(JSON.stringify(LINE))).toEqual([
    { ...ERRORS, dimensions: { Shop: 'a' } },
    { ...ERRORS, dimensions: { Shop: 'a', Stage: 'prod' } },
    { ...ERRORS, dimensions: {} },
  ]);
});

it('returns each value of a list', () => {
  const directive = { ...DIRECTIVE, Dimensions: [['Shop']] };
  const line = { ...LINE, _aws: { ...LINE._aws, CloudWatchMetrics: [directive] }, Errors: [1, 2] };

  expect(parseEmbeddedMetrics(JSON.stringify(line)).map(({ value }) => value)).toEqual([1, 2]);
});

const withDirective = (change: object) => ({
  ...LINE,
  _aws: { ...LINE._aws, CloudWatchMetrics: [{ ...DIRECTIVE, ...change }] },
});

it.each([
  ['text', '"CloudWatchMetrics"'],
  ['JSON of something else', JSON.stringify({ message: '"CloudWatchMetrics"' })],
  ['no timestamp', JSON.stringify({ ...LINE, _aws: { ...LINE._aws, Timestamp: undefined } })],
  ['no namespace', JSON.stringify(withDirective({ Namespace: undefined }))],
  ['no set of dimensions', JSON.stringify(withDirective({ Dimensions: [] }))],
  ['a set that is no list', JSON.stringify(withDirective({ Dimensions: ['Shop'] }))],
  ['a dimension without a value', JSON.stringify(withDirective({ Dimensions: [['Region']] }))],
  ['a dimension that is a number', JSON.stringify(withDirective({ Dimensions: [['Errors']] }))],
  ['a value that is no number', JSON.stringify({ ...LINE, Errors: '3' })],
  ['no value', JSON.stringify({ ...LINE, Errors: undefined })],
])('returns nothing for a line with %s', (_, line) => {
  expect(parseEmbeddedMetrics(line)).toEqual([]);
});
